// A mailbox that cannot be asked, to look or to wipe: the page says what is true by then, keeps what is on it, and can ask again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startChromium } from "./chromium.mjs";
import * as code from "./code.mjs";
import { startFirefox } from "./firefox.mjs";
import { startRelay } from "./relay.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

const REPLY = "Are you safe where you are now?";
const BUSY = "Too much came in at once. Wait a bit. Then try again.";
const LOST = "Check your signal. Then try again.";
const NOT_LOOKED = "We could not look. Your words are still here.";
const MAYBE_WIPED = "We do not know if it was wiped.";
let site;
let relay;

stage(async (keep) => {
  site = await keep(startSite());
  relay = await keep(startRelay(site.form));
});

for (const start of [startChromium, startFirefox]) {
  const name = start.name.slice(5);

  /** Runs `act` with a browser in which somebody took a code and was written to; gives it its words, and a way to open the form. */
  const whoWasAnswered = (act) => async () => {
    const browser = await start();
    try {
      const arrive = async (form = relay.url) => {
        const tab = await browser.newTab();
        await tab.open(form);
        await tab.sees("#start-actions");
        return tab;
      };
      const story = `${act.name} in ${name}`;
      const words = await code.take(await arrive(), story);
      const { id } = (await site.inbox(HELP_LINE)).find((tip) => tip.story === story);
      await site.desk(HELP_LINE, "reply", id, "-m", REPLY, "--yes");
      await act(arrive, words.join(" "));
      assert.deepEqual(code.rowsIn(relay.sent(), words), []);
      assert.deepEqual(relay.requests().filter((line) => /[?#]/.test(line)), []);
    } finally {
      relay.mailbox = null;
      await browser.close();
    }
  };
  const replies = (tab) => tab.run(() => [...document.querySelectorAll(".reply")].map((one) => one.textContent));
  const questions = () => relay.requests().filter((line) => line.startsWith("POST /mailbox")).length;

  /** Taps the button that asks, with the line in this state, and waits until this is said, which was not said just before. */
  async function fails(tab, fault, said) {
    const screen = await code.shown(tab);
    relay.mailbox = fault;
    await code.on(tab, ".go");
    const status = () => tab.run(() => document.querySelector("[data-screen]:not([hidden]) .status").textContent);
    await until(async () => (await status()) === said);
    assert.equal(await code.shown(tab), screen);
  }

  /** What is found there by another line, while this tab is open; where a browser says that it is out of sight, the page hides itself. */
  async function besides(tab, arrive, words) {
    const other = await arrive(site.form);
    await code.comeBack(other, words);
    const found = await replies(other);
    await tab.front();
    if (await tab.run(() => document.getElementById("away").checkVisibility())) await tab.tap("#away");
    return found;
  }

  test(`in ${name} who could not look is told so, has the words that they typed, and looks again`, whoWasAnswered(async function looking(arrive, words) {
    const tab = await arrive();
    await code.typeCode(tab, words);
    for (const [fault, why] of [["unheard", LOST], [429, BUSY], ["unanswered", LOST], [503, BUSY]]) {
      const before = questions();
      await fails(tab, fault, `${NOT_LOOKED} ${why}`);
      assert.equal(await tab.typed(), words);
      // A browser may ask again by itself where a line broke, but not where it was told to wait.
      if (why === BUSY) assert.equal(questions(), before + 1);
    }
    relay.mailbox = null;
    await code.press(tab, ".go");
    assert.deepEqual([await code.shown(tab), (await replies(tab))[0], await tab.typed()], ["box", REPLY, ""]);
  }));

  test(`in ${name} who could not wipe is told that nobody knows, still has what they read, and wipes again`, whoWasAnswered(async function wiping(arrive, words) {
    const tab = await arrive();
    await code.askToWipe(tab, words);
    for (const [fault, why] of [[429, BUSY], ["unheard", LOST], [503, BUSY]]) await fails(tab, fault, `${MAYBE_WIPED} ${why}`);
    await code.press(tab, ".back");
    assert.equal((await replies(tab))[0], REPLY);
    assert.equal((await besides(tab, arrive, words))[0], REPLY);

    await code.press(tab, ".actions button:nth-child(3)");
    await fails(tab, "unanswered", `${MAYBE_WIPED} ${LOST}`);
    assert.deepEqual(await besides(tab, arrive, words), []);

    relay.mailbox = null;
    await code.press(tab, ".go");
    assert.deepEqual([await code.shown(tab), await replies(tab)], ["box", []]);
    assert.equal(await tab.run(() => document.getElementById("replies").textContent), "It is gone.");
  }));
}
