// The choice of languages: on the first screen, each by its own name, and no trace in the tab's history of having chosen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startChromium } from "./chromium.mjs";
import { startFirefox } from "./firefox.mjs";
import { startBrowser, visit } from "./person.mjs";
import { startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const NAMES = {
  en: "English",
  es: "Español",
  "pt-BR": "Português",
  "zh-Hans": "简体中文",
  ht: "Kreyòl ayisyen",
  tl: "Tagalog",
  vi: "Tiếng Việt",
  ko: "한국어",
  ru: "Русский",
  ar: "العربية",
  fr: "Français",
};
let site;
let neutral;

stage(async (keep) => {
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
});

const pageOf = (tag) => new URL(tag, site.form).href;

for (const start of [startChromium, startFirefox]) {
  test(`in ${start.name.slice(5)} another language takes the place of the page, and Back leads to what was before the form`, async () => {
    const browser = await start();
    try {
      const tab = await browser.newTab();
      await tab.open(`${neutral.url}before`);
      await tab.open(site.form);
      await tab.sees("#start-actions");
      const depth = await tab.run(() => history.length);
      const offered = await tab.run(() =>
        Object.fromEntries([...document.querySelectorAll(".languages nav > *")].map((name) => [name.lang, name.textContent])));
      assert.deepEqual(offered, NAMES);
      for (const tag of ["ar", "es"]) {
        await tab.tap(".languages summary");
        await tab.tap(`.languages a[hreflang="${tag}"]`);
        await tab.arrive(pageOf(tag));
        await tab.sees("#start-actions");
        assert.deepEqual(await tab.run(() => [document.documentElement.lang, history.length]), [tag, depth]);
      }
      await tab.go(-1);
      await tab.arrive(`${neutral.url}before`);
    } finally {
      await browser.close();
    }
  });
}

test("of the names that are seen before the list is opened the first is that of the phone's own language", async () => {
  const browser = await startBrowser();
  try {
    const firstOn = async (locale) => {
      const { page } = await visit(browser, site.form, { locale });
      await page.locator("#start-actions").waitFor();
      const names = await page.locator(".languages bdi, .languages nav > *").allTextContents();
      const [seen, opened] = [page.locator(".languages bdi").first(), page.locator(".languages nav > *").first()];
      const first = [await seen.textContent(), await opened.textContent()];
      assert.ok(await seen.evaluate((name) => name.getBoundingClientRect().right < name.parentElement.getBoundingClientRect().right));
      assert.equal(names.length, 2 * Object.keys(NAMES).length - 1);
      await page.context().close();
      return first;
    };
    assert.deepEqual(await firstOn("ar-EG"), [NAMES.ar, NAMES.ar]);
    assert.deepEqual(await firstOn("fil-PH"), [NAMES.tl, NAMES.tl]);
    assert.deepEqual(await firstOn("zh-TW"), [NAMES["zh-Hans"], NAMES["zh-Hans"]]);
    for (const locale of ["en-GB", "is-IS"]) assert.deepEqual(await firstOn(locale), [NAMES.es, NAMES.en], locale);
  } finally {
    await browser.close();
  }
});

test("past the first screen, and once anything was said, no other language is offered, since it would cost the answers", async () => {
  const browser = await startChromium();
  try {
    const tab = await browser.newTab();
    await tab.open(site.form);
    const isOffered = () => tab.run(() => document.querySelector(".languages").checkVisibility());
    await tab.sees("#start-actions");
    assert.equal(await isOffered(), true);
    await tab.tap("#start-actions [data-to=fast]");
    await tab.sees("[data-screen=fast]");
    assert.equal(await isOffered(), false);
    await tab.tap("[data-screen=fast] .back");
    await tab.sees("[data-screen=start]");
    assert.equal(await isOffered(), true);
    await tab.tap("#start-actions [data-to=fast]");
    await tab.tap("#fast");
    await tab.type("a word");
    await tab.tap("[data-screen=fast] .back");
    await tab.sees("[data-screen=start]");
    assert.equal(await isOffered(), false);
  } finally {
    await browser.close();
  }
});
