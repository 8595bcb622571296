// A code leaves the screen by hand or by heart: its words are large enough to be copied, and no code of the page puts them, or anything
// else, where every program on the phone can read it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { startChromium } from "./chromium.mjs";
import * as code from "./code.mjs";
import { startFirefox } from "./firefox.mjs";
import { startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { screens } from "./walk.mjs";

const SMALLEST_PX = 24;
let site;

stage(async (keep) => {
  site = await keep(startSite());
});

/** Runs in a page before its own scripts: notes in `touched` whatever is asked of the clipboard, and lets it through. */
function watchClipboard() {
  const touched = (globalThis.touched = []);
  for (const [kind, names] of [
    ["Clipboard", ["read", "readText", "write", "writeText"]],
    ["Document", ["execCommand", "queryCommandEnabled"]],
    ["DataTransfer", ["getData", "setData"]],
  ]) {
    const prototype = globalThis[kind]?.prototype;
    for (const name of names.filter((name) => prototype !== undefined && name in prototype)) {
      const real = prototype[name];
      prototype[name] = function (...given) {
        touched.push(name);
        return real.apply(this, given);
      };
    }
  }
  const { get } = Object.getOwnPropertyDescriptor(Navigator.prototype, "clipboard") ?? {};
  Object.defineProperty(Navigator.prototype, "clipboard", {
    get() {
      touched.push("clipboard");
      return get?.call(this);
    },
  });
}

const touched = (tab) => tab.run(() => globalThis.touched);

for (const start of [startChromium, startFirefox]) {
  test(`in ${start.name.slice(5)} no step on the whole way of a code touches the clipboard`, async () => {
    const browser = await start();
    try {
      const arrive = async () => {
        const tab = await browser.newTab();
        await tab.prepare(watchClipboard);
        await tab.open(site.form);
        await tab.sees("#start-actions");
        return tab;
      };
      const taking = await arrive();
      const words = await code.take(taking, "by hand alone");
      await taking.tap(".words li");
      await code.press(taking, ".actions button:not(.go)");
      await taking.tap("#practice");
      await taking.type(words.join(" "));
      await code.on(taking, ".go");
      await taking.sees("[data-screen=practice] .status:not(:empty)");
      await code.press(taking, ".actions button:last-child");
      assert.deepEqual(await touched(taking), []);

      const back = await arrive();
      await code.comeBack(back, words.join(" "));
      await code.press(back, ".go");
      await back.tap("#story");
      await back.type("more by hand");
      await code.press(back, ".back");
      await code.press(back, ".actions button:nth-child(3)");
      await code.press(back, ".go");
      assert.deepEqual(await touched(back), []);

      // What would be seen of a page that does it.
      await back.run(() => (document.execCommand("copy"), navigator.clipboard?.writeText("seen").catch(() => undefined)));
      const seen = await touched(back);
      assert.ok(seen.includes("execCommand") && seen.includes("clipboard"), String(seen));
    } finally {
      await browser.close();
    }
  });
}

test("a code that is pasted is taken, however its words were broken into lines", async () => {
  const browser = await startBrowser();
  try {
    const { page } = await visit(browser, site.form);
    await page.getByRole("button", { name: "I have a code", exact: true }).tap();
    await page.locator("#code").waitFor();
    const { codes } = JSON.parse(await readFile(new URL("../vectors/receipt.json", import.meta.url)));
    // Out of another program, as a list of notes is.
    const notes = await page.context().newPage();
    await notes.setContent("<textarea>");
    await notes.locator("textarea").fill(`${codes[1].english.toUpperCase().replaceAll(" ", "  \n")}\n`);
    for (const key of ["Control+A", "Control+C"]) await notes.keyboard.press(key);
    await page.bringToFront();
    await page.locator("#code").focus();
    await page.keyboard.press("Control+V");
    assert.equal((await page.locator("#code").inputValue()).split(/\s+/).filter((word) => word !== "").length, 8);
    await page.locator("[data-screen=code] .go").tap();
    await page.locator("[data-screen=box]").waitFor();
  } finally {
    await browser.close();
  }
});

test("nothing that the site serves names the clipboard", async () => {
  for (const path of ["en", "en/later.js", "knothole.js", "en/offline"]) {
    const served = await (await fetch(new URL(path, site.form))).text();
    assert.ok(served.length > 10_000, path);
    assert.doesNotMatch(served, /clipboard|execCommand|oncopy|oncut/i, path);
  }
});

test("in each language every word that a code may have is large, in one piece and within the narrowest phone", async () => {
  const browser = await startBrowser();
  try {
    const page = await (await fetch(site.form)).text();
    const tags = ["en", ...[...page.matchAll(/hreflang="([^"]+)"/g)].map(([, tag]) => tag)];
    assert.equal(tags.length, 11);
    for (const tag of tags) {
      const { page } = await visit(browser, new URL(tag, site.form).href, { viewport: { width: 320, height: 640 } });
      await page.locator("#start-actions").waitFor();
      for await (const screen of screens(page)) if (screen === "sent") break;
      const later = await (await fetch(new URL(`${tag}/later.js`, site.form))).text();
      const list = JSON.parse(/"words":("[^"]+")/.exec(later)[1]).normalize("NFC").split(" ");
      const { count, small, broken, wide } = await page.evaluate(measure, [list, SMALLEST_PX]);
      assert.deepEqual([count, small, broken, wide], [list.length, [], [], 0], tag);
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
});

/** Runs in the page: puts these words in the place of those that are shown, and says which of them are not as they should be. */
function measure([list, smallest]) {
  const [shown] = [...document.querySelectorAll(".words")].filter((words) => words.checkVisibility());
  if (shown.children.length !== 8) throw new Error(`${shown.children.length} words are shown`);
  const items = list.map((word) => Object.assign(document.createElement("li"), { textContent: word }));
  shown.replaceChildren(...items);
  const lines = (item) => {
    const range = document.createRange();
    range.selectNodeContents(item);
    return range.getClientRects();
  };
  const isWithin = ({ left, right }) => left >= 0 && right <= innerWidth;
  return {
    count: items.length,
    small: items.filter((item) => parseFloat(getComputedStyle(item).fontSize) < smallest).map((item) => item.textContent),
    broken: items.filter((item) => lines(item).length !== 1 || !isWithin(lines(item)[0])).map((item) => item.textContent),
    wide: document.documentElement.scrollWidth - innerWidth,
  };
}
