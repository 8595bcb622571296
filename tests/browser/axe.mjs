// What is wrong with the form on a narrow phone, in the ways in which people make a page fit their eyes: by axe-core and the rules of
// WCAG 2.0 to 2.2, levels A and AA, and by where things stand.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { visit } from "./person.mjs";
import { screens, WORDS } from "./walk.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const AXE = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

/** As narrow as WCAG asks a page to fit. */
const PHONE = { viewport: { width: 320, height: 640 } };

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** On a phone of 320 pixels: colours and size of text as the person has set them. */
export const MODES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "text twice as large": { colorScheme: "light", text: 2 },
  "forced colours": { colorScheme: "dark", forcedColors: "active" },
};

/** Every mixture of those. */
export const ALL_MODES = Object.fromEntries(
  ["light", "dark"].flatMap((colorScheme) =>
    ["none", "active"].flatMap((forcedColors) =>
      [1, 2].map((text) => [`${colorScheme}, forced colours ${forcedColors}, text × ${text}`, { colorScheme, forcedColors, text }]),
    ),
  ),
);

/** The tags of the languages that the site shows, its first one included. */
export async function languagesOf(browser, form) {
  const { page } = await visit(browser, form);
  const tags = await page.locator(".languages nav > *").evaluateAll((all) => all.map((one) => one.lang));
  await page.context().close();
  return tags;
}

/** Shows the page in a mode. */
export async function showIn(page, { colorScheme, forcedColors = "none", text = 1 }) {
  await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: "reduce" });
  await page.evaluate((size) => {
    document.documentElement.style.fontSize = size;
    // Who is left half way down, at the box to mend, has the bar to leave over whatever stands there: that is no small target.
    scrollTo(0, 0);
  }, text === 1 ? "" : `${text * 100}%`);
}

/** Looks at every screen of the form at this address: how often with axe-core, what that found in each mode, and what stands wrong at any size of text. */
export async function lookThrough(browser, address, modes) {
  const { page } = await visit(browser, address, PHONE);
  const found = await lookAt(page, everything(page), modes);
  await page.context().close();
  return found;
}

/** The same for the pages that have no form, and for the one that is kept on a disk; the folder is for that one. */
export async function lookAtOthers(browser, address, dir, modes) {
  const { page } = await visit(browser, address, PHONE);
  const found = await lookAt(page, others(page, address, dir), modes);
  await page.context().close();
  return found;
}

async function lookAt(page, screens, modes) {
  const [rules, places] = [new Set(), new Set()];
  let looks = 0;
  for await (const screen of screens) {
    for (const [name, mode] of Object.entries(modes)) {
      await showIn(page, mode);
      for (const wrong of await violations(page)) rules.add(`${screen} (${name}): ${wrong}`);
      looks += 1;
    }
    for (const text of [1, 2]) {
      await showIn(page, { colorScheme: "light", text });
      for (const wrong of await page.evaluate(misplaced)) places.add(`${screen} (text × ${text}): ${wrong}`);
    }
  }
  return { looks, rules: [...rules], places: [...places] };
}

/** What is shown without scripts, after a file that was none of ours, and by the saved page up to its file. */
async function* others(page, address, dir) {
  const plain = await (await fetch(address)).text();
  await put(page, address, plain.replace(/<script[^>]*>[^]*?<\/script>|<\/?noscript>|<div id="waiting"[^]*?<\/div>/g, ""));
  yield "without scripts";
  const file = new FormData();
  file.set("tip", new Blob(["no tip"]), "form.tar");
  await put(page, address, await (await fetch(`${address}/sealed`, { method: "POST", body: file })).text());
  yield "after a wrong file";
  const saved = join(dir, "form.html");
  await writeFile(saved, await (await fetch(`${address}/offline`)).text());
  await page.goto(pathToFileURL(saved).href);
  yield "saved, start";
  await page.locator("#start-actions [data-to=fast]").click();
  await page.locator("#fast").fill(WORDS);
  yield "saved, fast";
  await page.locator("[data-send=fast]").click();
  await page.locator("[data-screen=saved]").waitFor();
  yield "saved, with its file";
}

/** Shows this document, with a script of the test able to look at it. */
async function put(page, address, body) {
  await page.route(address, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(address);
  await page.unroute(address);
}

/** What everybody gets while the form is closed. */
export async function lookAtClosed(browser, address, modes) {
  const { page } = await visit(browser, address, PHONE);
  if ((await page.locator("#start-actions").count()) > 0) throw new Error("the form is open");
  const found = await lookAt(page, ["closed"], modes);
  await page.context().close();
  return found;
}

/** The screens, and what may lie over them. */
async function* everything(page) {
  for await (const screen of screens(page)) {
    yield screen;
    if (screen !== "start") continue;
    for (const [id, name] of [["away", "hidden while away"], ["cover", "leaving"]]) {
      await page.evaluate(([cover, isOver]) => {
        document.getElementById(cover).hidden = !isOver;
        document.getElementById("main").hidden = isOver;
      }, [id, true]);
      yield name;
      await page.evaluate((cover) => {
        document.getElementById(cover).hidden = true;
        document.getElementById("main").hidden = false;
      }, id);
    }
  }
}

/** What is wrong with the page as it is now. */
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (tags) => {
    const { violations } = await axe.run(document, {
      runOnly: { type: "tag", values: tags },
      rules: { "target-size": { enabled: true } },
      resultTypes: ["violations"],
      preload: false,
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 120)}: ${failureSummary}`));
  }, TAGS);
}

/** Runs in the page: what scrolls it sideways, is cut, lies outside of it, or is too small for a thumb. */
function misplaced() {
  const wrong = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) wrong.push(`scrolls sideways to ${document.documentElement.scrollWidth}`);
  const targets = "a, button, summary, textarea, label.pick";
  for (const part of document.querySelectorAll(`h1, h2, p, li, dt, dd, label, .number, .pick > span, ${targets}`)) {
    if (!part.checkVisibility() || part.closest(".unseen") !== null) continue;
    const box = part.getBoundingClientRect();
    const say = (what) => wrong.push(`${what}: ${part.outerHTML.slice(0, 100)}`);
    if (box.left < 0 || box.right > width) say("outside");
    if (part.clientWidth > 0 && part.scrollWidth > part.clientWidth) say("wider than its place");
    const isCut = getComputedStyle(part).overflowY !== "visible" && part.scrollHeight > part.clientHeight + 2;
    if (isCut && !part.matches("textarea, .long")) say("cut off");
    if (part.matches(targets) && (box.height < 44 || box.width < 44)) say("too small for a thumb");
  }
  return wrong;
}
