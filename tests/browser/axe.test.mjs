// No screen of the form breaks a rule of WCAG that a program can check, and none runs over the edge of a narrow phone. Each language is
// looked at in one mode; with KNOTHOLE_AXE=all (`make axe`) every language in every mixture of modes, which takes minutes.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ALL_MODES, languagesOf, lookAtClosed, lookAtOthers, lookThrough, MODES, showIn, violations } from "./axe.mjs";
import { startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const LARGE = "text twice as large";
const looksAtAll = process.env.KNOTHOLE_AXE === "all";
const LANGUAGES = 11;
const SCREENS = 34;
/** Without a form, or kept on a disk. */
const OTHERS = 5;
let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** Each language has its turn at a mode. What runs from right to left is looked at where it has the least room, too. */
function modesOf(language, index) {
  if (looksAtAll) return ALL_MODES;
  const { light, [LARGE]: large } = MODES;
  if (language === "ar") return { light, [LARGE]: large };
  const name = Object.keys(MODES)[index % Object.keys(MODES).length];
  return { [name]: MODES[name] };
}

test("axe-core finds nothing wrong with any screen, and all of it fits 320 pixels with text twice as large", async (run) => {
  const languages = await languagesOf(browser, site.form);
  assert.equal(languages.length, LANGUAGES);
  for (const [index, language] of languages.entries()) {
    const modes = modesOf(language, index);
    await run.test(`${language}: ${Object.keys(modes).join("; ")}`, async () => {
      const { looks, rules, places } = await lookThrough(browser, new URL(language, site.form).href, modes);
      assert.deepEqual(rules, []);
      assert.deepEqual(places, []);
      const screens = looks / Object.keys(modes).length;
      run.diagnostic(`${language}: ${looks} looks, ${screens} screens`);
      assert.equal(screens, SCREENS);
    });
  }
});

test("nor with a page that has no form, or that is kept on a disk, or that says that the form is closed", async (run) => {
  const dir = await mkdtemp(join(tmpdir(), "knothole-axe-"));
  run.after(() => rm(dir, { recursive: true }));
  const languages = await languagesOf(browser, site.form);
  const look = async (looksAt) => {
    let all = 0;
    for (const [index, language] of languages.entries()) {
      const modes = modesOf(language, index);
      const { looks, rules, places } = await looksAt(new URL(language, site.form).href, modes);
      assert.deepEqual(rules, [], language);
      assert.deepEqual(places, [], language);
      all += looks / Object.keys(modes).length;
    }
    return all / languages.length;
  };
  assert.equal(await look((address, modes) => lookAtOthers(browser, address, dir, modes)), OTHERS);
  await site.server("pause", "--until", "2999-12-31");
  try {
    assert.equal(await look((address, modes) => lookAtClosed(browser, address, modes)), 1);
  } finally {
    await site.server("resume");
  }
});

test("axe-core finds nothing wrong with a page that can take no message", async () => {
  const prepare = (page) => page.addInitScript(() => delete globalThis.TransformStream);
  const person = await visit(browser, site.form, { prepare, viewport: { width: 320, height: 640 } });
  await person.sees("This browser is too old");
  for (const [name, mode] of Object.entries(ALL_MODES)) {
    await showIn(person.page, mode);
    assert.deepEqual(await violations(person.page), [], name);
  }
  await person.page.context().close();
});

test("axe-core does see what is wrong: a low contrast, a small target, a box without a name", async () => {
  const { page } = await visit(browser, site.form, { viewport: { width: 320, height: 640 } });
  await page.evaluate(() => {
    document.querySelector("h1").style.color = "#ccc";
    const small = document.querySelector("#start-actions .link").cloneNode(true);
    for (const one of [small, small.cloneNode(true)]) {
      one.style.cssText = "height: 8px; min-height: 0; width: 8px; overflow: hidden; padding: 0";
      document.getElementById("main").append(one);
    }
    document.getElementById("main").append(document.createElement("textarea"));
  });
  const rules = (await violations(page)).map((line) => line.split(":")[0]);
  assert.deepEqual([...new Set(rules)].sort(), ["color-contrast", "label", "target-size"]);
  await page.context().close();
});
