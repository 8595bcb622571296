// What is left in Chromium and in Firefox after a person left, or after their phone died while they wrote:
// in the tab, in what the browser brings back, and in its files.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startChromium } from "./chromium.mjs";
import { keepsOf, searchProfile } from "./profile.mjs";
import { startFirefox } from "./firefox.mjs";
import { startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

const WORDS = "vermilion lantern quarry";
const DIARY = "ordinary diary entry";
const WAYS = {
  "a tap on Leave now": (tab) => tab.tap("#leave"),
  "Tab to the top, then Enter": async (tab) => {
    await tab.run(() => document.getElementById("leave").focus());
    await tab.press("Enter");
  },
  "Shift three times": (tab) => times(3, () => tab.press("Shift")),
  "Esc three times": (tab) => times(3, () => tab.press("Escape")),
};

async function times(count, step) {
  for (let time = 0; time < count; time++) await step();
}

let site;
let neutral;

stage(async (keep) => {
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
});

/** Someone who came from another page, has ticked and typed; their exit leads to a page on this machine. */
async function write(tab) {
  await tab.open(`${neutral.url}before`);
  await tab.open(site.form);
  await tab.sees("[data-to=fast]");
  await tab.run((url) => (document.getElementById("leave").href = url), `${neutral.url}weather`);
  await tab.run(() => ["urgency", "signs", "reader", "exclude"].forEach((name) => document.querySelector(`[name=${name}]`).click()));
  await tab.tap("[data-to=fast]");
  await tab.tap("[data-screen=fast] textarea");
  await tab.type(WORDS);
  assert.equal(await tab.typed(), WORDS);
  assert.ok((await tab.run(ticks)) > 2);
}

/** Runs in the page: how many choices and ticks there are. */
function ticks() {
  return document.querySelectorAll("input:checked").length;
}

/** Runs in the page: what it shows and holds as soon as it is covered and about to go. */
async function untilCovered() {
  const main = document.getElementById("main");
  while (!main.hidden) await new Promise((next) => requestAnimationFrame(next));
  return {
    shown: [...document.body.children].filter((part) => part.checkVisibility()).map(({ id }) => id),
    typed: [...document.querySelectorAll("textarea")].map((box) => box.value).join(""),
    ticked: document.querySelectorAll("input:checked").length,
    content: document.documentElement.outerHTML,
  };
}

/** An ordinary page with an ordinary box, to see that the browser does bring back and keep what it can. */
async function writeDiary(tab) {
  await tab.open(`${neutral.url}diary`);
  await tab.tap("textarea");
  await tab.type(DIARY);
}

async function assertNothing(tab, when) {
  assert.equal(await tab.typed(), "", when);
  assert.equal(await tab.run(ticks), 0, when);
  assert.ok(!(await tab.content()).includes(WORDS), when);
}

for (const start of [startChromium, startFirefox]) {
  for (const keepsPages of [true, false]) {
    describe(`${start.name.slice(5)}, back/forward cache ${keepsPages ? "on" : "off"}`, () => {
      let browser;
      stage(async (keep) => {
        browser = await start({ keepsPages });
        await keep({ stop: () => browser.close() });
      });

      for (const [name, leave] of Object.entries(WAYS)) {
        test(`after ${name} no character, no entry and no word of where one was is left`, async () => {
          const tab = await browser.newTab();
          await write(tab);
          const depth = await tab.run(() => history.length);
          neutral.visits.length = 0;
          await leave(tab);
          await tab.arrive(`${neutral.url}weather`);
          assert.equal(neutral.visits[0].headers.referer, undefined);
          assert.equal(await tab.run(() => document.referrer), "");
          for (const [step, place] of [[-1, "before"], [1, "weather"], [-1, "before"], [0, "before"], [1, "weather"], [0, "weather"]]) {
            await (step === 0 ? tab.reload() : tab.go(step));
            await tab.arrive(`${neutral.url}${place}`);
            await assertNothing(tab, `${step} to ${place}`);
            assert.equal(await tab.run(() => history.length), depth);
          }
        });
      }

      test("while the page fled to does not come, the form is covered and empty, and so it is when loaded again", async () => {
        const tab = await browser.newTab();
        await write(tab);
        await tab.run((url) => (document.getElementById("leave").href = url), `${neutral.url}silence`);
        const covered = tab.run(untilCovered);
        await tab.tap("#leave");
        const { shown, typed, ticked, content } = await covered;
        assert.deepEqual([shown, typed, ticked, content.includes(WORDS)], [["leave", "cover"], "", 0, false]);
        await until(async () => neutral.visits.some(({ path }) => path === "/silence"));
        await tab.open(site.form);
        await assertNothing(tab, "loaded again");
      });

      test("Back from the form, then Forward and a reload give an empty form", async () => {
        const tab = await browser.newTab();
        await write(tab);
        for (const [step, url] of [[-1, `${neutral.url}before`], [1, site.form], [0, site.form]]) {
          await (step === 0 ? tab.reload() : tab.go(step));
          await tab.arrive(url);
          await assertNothing(tab, `${step} to ${url}`);
        }
        assert.deepEqual(await tab.run(() => [...document.querySelectorAll("[data-screen]:not([hidden])")].map((screen) => screen.dataset.screen)), ["start"]);
      });

      test("a dead battery and a session brought back give no character, neither on the screen nor in the files", async () => {
        await browser.close();
        browser = await start({ keepsPages });
        const [left, midway, diary] = [await browser.newTab(), await browser.newTab(), await browser.newTab()];
        await write(left);
        await left.tap("#leave");
        await left.arrive(`${neutral.url}weather`);
        await write(midway);
        assert.deepEqual(await midway.run(keepsOf), []);
        const shut = await browser.newTab();
        await write(shut);
        await shut.close();
        assert.deepEqual(await browser.cookies(), []);
        await writeDiary(diary);
        await until(async () => (await searchProfile(browser.profile, DIARY)).length > 0);
        await browser.kill();
        assert.deepEqual(await searchProfile(browser.profile, WORDS), []);

        browser = await start({ keepsPages, profile: browser.profile });
        const places = [`${neutral.url}weather`, site.form, `${neutral.url}diary`];
        const tabs = await until(async () => {
          const open = new Map();
          for (const tab of await browser.tabs()) open.set(await tab.where(), tab);
          return places.every((place) => open.has(place)) && open;
        });
        assert.deepEqual([...tabs.keys()].sort(), places.sort());
        const [again, form, kept] = ["weather", "", "diary"].map((name) => tabs.get(name === "" ? site.form : neutral.url + name));
        await until(async () => (await kept.typed()) === DIARY);
        await assertNothing(form, "the form that nobody left");
        await assertNothing(again, "the page fled to");
        await again.go(-1);
        await again.arrive(`${neutral.url}before`);
        assert.deepEqual(await searchProfile(browser.profile, WORDS), []);
      });
    });
  }
}
