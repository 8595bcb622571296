// What is left of a receipt code, of what was written to it, of picked files and of words in a saved page, after a person left or their
// phone died: in the tab, in what the browser brings back, and in its files. `traces.mjs` says the same of the first letter.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { startChromium } from "./chromium.mjs";
import { askToWipe, comeBack, learn, press, shown, take, typeCode } from "./code.mjs";
import { startFirefox } from "./firefox.mjs";
import { keepsOf, searchProfile } from "./profile.mjs";
import { HELP_LINE, startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

const REPLY = "vermilion reply from the quarry";
const MORE = "vermilion words that came later";
const FILE = "vermilion photo of maria.jpg";
const INSIDE = "vermilion words in a file";
const KEPT = "vermilion words on a saved page";
const DIARY = "ordinary diary entry";
let site;
let neutral;
let saved;

stage(async (keep) => {
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
  saved = await keep(savePage());
});

/** The page as a person has it who saved it. */
async function savePage() {
  const dir = await mkdtemp(join(tmpdir(), "knothole-saved-"));
  const path = join(dir, "form.html");
  await writeFile(path, await (await fetch(new URL("en/offline", site.form))).text());
  return { url: pathToFileURL(path).href, stop: () => rm(dir, { recursive: true }) };
}

/** A new tab in which someone came to the form from another page; their exit leads to a page on this machine. */
async function arrive(browser) {
  const tab = await browser.newTab();
  await tab.open(`${neutral.url}before`);
  await tab.open(site.form);
  await tab.sees("#start-actions");
  await tab.run((url) => (document.getElementById("leave").href = url), `${neutral.url}weather`);
  return tab;
}

/** A code with something written to it. */
async function answeredCode(browser, story) {
  const words = (await take(await arrive(browser), story)).join(" ");
  const { id } = (await site.inbox(HELP_LINE)).find((tip) => tip.story === story);
  await site.desk(HELP_LINE, "reply", id, "-m", REPLY, "--yes");
  return words;
}

/** Ways to stop at a screen; each gives what was on it. */
const SCREENS = {
  "a code that is shown": async (tab) => [(await take(tab, "a tip for its code")).join(" ")],
  "a code that is typed to learn it": async (tab) => [(await learn(tab, "a tip whose code is learnt")).join(" ")],
  "a code that is typed": async (tab, words) => {
    await typeCode(tab, words);
    return [words];
  },
  "what was written to it": async (tab, words) => {
    await comeBack(tab, words);
    assert.match(await tab.content(), new RegExp(REPLY));
    return [words, REPLY];
  },
  "the question before it is wiped": async (tab, words) => {
    await askToWipe(tab, words);
    assert.match(await tab.content(), new RegExp(REPLY));
    return [words, REPLY];
  },
  "what is added": async (tab, words) => {
    await comeBack(tab, words);
    await press(tab, ".go");
    await tab.tap("#story");
    await tab.type(MORE);
    return [words, REPLY, MORE];
  },
  "a file that is picked": async (tab) => {
    const code = (await take(tab, "a tip for its files")).join(" ");
    await tab.run(pickFile, [FILE, INSIDE]);
    return [code, FILE, INSIDE];
  },
};

/** Runs in the page: picks a file as a person does. */
function pickFile([name, words]) {
  const input = document.getElementById("files");
  document.querySelector("[data-screen=sent] .actions button:last-child").click();
  const picked = new DataTransfer();
  picked.items.add(new File([words], name));
  input.files = picked.files;
  input.dispatchEvent(new Event("change"));
}

/** Neither a field nor the document has anything; what is typed, shown one by one, or shown at once. */
async function assertNothing(tab, words, when) {
  const held = await tab.content();
  assert.equal(await tab.typed(), "", when);
  assert.equal(await tab.run(() => document.querySelectorAll(".words li, .reply, #picked > div").length), 0, when);
  for (const some of words) assert.ok(!held.includes(some), `${when}: ${some}`);
}

for (const start of [startChromium, startFirefox]) {
  for (const keepsPages of [true, false]) {
    describe(`${start.name.slice(5)}, back/forward cache ${keepsPages ? "on" : "off"}`, () => {
      let browser;
      stage(async (keep) => {
        browser = await start({ keepsPages });
        await keep({ stop: () => browser.close() });
      });

      test("whoever leaves such a screen leaves nothing in the tab", async () => {
        const words = await answeredCode(browser, `to leave, ${start.name} ${keepsPages}`);
        for (const [screen, stop] of Object.entries(SCREENS)) {
          const tab = await arrive(browser);
          const held = await stop(tab, words);
          const depth = await tab.run(() => history.length);
          await tab.tap("#leave");
          await tab.arrive(`${neutral.url}weather`);
          for (const [step, place] of [[-1, "before"], [1, "weather"], [0, "weather"], [-1, "before"]]) {
            await (step === 0 ? tab.reload() : tab.go(step));
            await tab.arrive(`${neutral.url}${place}`);
            await assertNothing(tab, held, `${screen}: ${step} to ${place}`);
            assert.equal(await tab.run(() => history.length), depth);
          }
        }
      });

      test("a dead battery and a session brought back give nothing, neither on the screen nor in the files", async () => {
        await browser.close();
        browser = await start({ keepsPages });
        const words = await answeredCode(browser, `to lose, ${start.name} ${keepsPages}`);
        const held = new Set();
        for (const stop of Object.values(SCREENS)) {
          const tab = await arrive(browser);
          for (const some of await stop(tab, words)) held.add(some);
          assert.deepEqual(await tab.run(keepsOf), []);
        }
        assert.deepEqual(await browser.cookies(), []);
        const offline = await browser.newTab();
        await offline.open(saved.url);
        await offline.tap("#start-actions [data-to=fast]");
        await offline.tap("#fast");
        await offline.type(KEPT);
        assert.equal(await offline.typed(), KEPT);
        held.add(KEPT);
        const diary = await browser.newTab();
        await diary.open(`${neutral.url}diary`);
        await diary.tap("textarea");
        await diary.type(DIARY);
        await until(async () => (await searchProfile(browser.profile, DIARY)).length > 0);
        await browser.kill();
        for (const some of held) assert.deepEqual(await searchProfile(browser.profile, some), [], some);

        browser = await start({ keepsPages, profile: browser.profile });
        // The tab in which the code was taken first is open, too.
        const forms = await until(async () => {
          const there = [];
          for (const tab of await browser.tabs()) if ((await tab.where()) === site.form) there.push(tab);
          return there.length === Object.keys(SCREENS).length + 1 && there;
        });
        for (const tab of forms) {
          await until(async () => (await shown(tab)) === "start");
          await assertNothing(tab, held, "brought back");
        }
        for (const some of held) assert.deepEqual(await searchProfile(browser.profile, some), [], some);
      });
    });
  }
}
