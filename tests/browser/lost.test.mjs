// A line that breaks while the tip is on its way, or just before the answer: the words stay on the screen, and sent again they are one tip.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { startRelay } from "./relay.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const LOST = "We could not send it. Your words are still here. Check your signal. Then tap Send again.";
const ROUNDS = 10;
let site;
let relay;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  relay = await keep(startRelay(site.form));
  browser = await keep(startBrowser());
});

/** Sends these words over a line that breaks at every try, until the page gives up; then over one that holds. */
async function sendTwice(words, part) {
  const person = await visit(browser, relay.url, { prepare: (page) => page.clock.install() });
  await person.tap("I only have a minute");
  await person.paste(words);
  relay.breaksAfter = part;
  await person.tap("Send it now");
  const lost = person.page.getByText(LOST).filter({ visible: true });
  while ((await lost.count()) === 0) await person.page.clock.runFor(3_000);
  const box = person.page.getByRole("textbox");
  assert.deepEqual([await box.isVisible(), await box.inputValue()], [true, words]);
  relay.breaksAfter = null;
  await person.tap("Send again");
  await person.sees("It was sent");
  await person.page.context().close();
}

for (const part of [0, 0.5, 0.99, 1]) {
  test(`broken after ${100 * part} % of the tip, each of ${ROUNDS} stays on the screen and becomes one tip`, async () => {
    const all = Array.from({ length: ROUNDS }, (_, round) => `${part} and ${round}`);
    const before = relay.breaks;
    for (const words of all) await sendTwice(words, part);
    assert.ok(relay.breaks - before >= 2 * ROUNDS, "it broke at more than the first try");
    const stories = (await site.inbox(HELP_LINE)).map((tip) => tip.story).filter((story) => story.startsWith(`${part} and`));
    assert.deepEqual(stories.sort(), all.sort());
  });
}
