// What a person with a receipt code does in a tab of any browser: takes one with a tip, types it in again, adds to what was sent.

import assert from "node:assert/strict";
import { spellings } from "./person.mjs";
import { until } from "./tab.mjs";

/** The name of the screen that is shown. */
export const shown = (tab) => tab.run(() => document.querySelector("[data-screen]:not([hidden])").dataset.screen);

/** Taps what this selector finds on the screen that is shown. */
export const on = (tab, selector) => tab.tap(`[data-screen]:not([hidden]) ${selector}`);

/** Picks an answer. */
export const pick = (tab, name, value) => on(tab, `label:has([name="${name}"][value="${value}"])`);

/** The words of a code that was given. */
export const wordsOn = (tab) => tab.run(() => [...document.querySelectorAll(".words li")].map((word) => word.textContent));

/** Taps, and waits until another screen is shown. */
export async function press(tab, selector) {
  const before = await shown(tab);
  await on(tab, selector);
  await until(async () => (await shown(tab)) !== before);
}

/** On to this screen, passing over those before it. */
export async function goTo(tab, screen) {
  while ((await shown(tab)) !== screen) await press(tab, "[data-to=next]");
}

/** Writes a tip that asks for a code, from the first screen to the one that shows it; gives its words. */
export async function take(tab, story) {
  await press(tab, "[data-to=before]");
  await goTo(tab, "story");
  await tab.tap("#story");
  await tab.type(story);
  await goTo(tab, "readers");
  await pick(tab, "reader", "0");
  await goTo(tab, "contact");
  await pick(tab, "contact", "code");
  await goTo(tab, "check");
  await on(tab, "[data-send]");
  await tab.sees(".words");
  return wordsOn(tab);
}

/** Types a code from the first screen on, on the way to what was written to it. */
export async function typeCode(tab, words) {
  await press(tab, "[data-to=code]");
  await tab.tap("#code");
  await tab.type(words);
}

/** From the first screen to what was written to a code. */
export async function comeBack(tab, words) {
  await typeCode(tab, words);
  await press(tab, ".go");
  assert.equal(await shown(tab), "box");
}

/** From the first screen to the question whether what was written to a code is to be wiped. */
export async function askToWipe(tab, words) {
  await comeBack(tab, words);
  await press(tab, ".actions button:nth-child(3)");
  assert.equal(await shown(tab), "wipe");
}

/** Takes a code with a tip, and types it once to learn it; gives its words. */
export async function learn(tab, story) {
  const words = await take(tab, story);
  await press(tab, ".actions button:not(.go, .quiet)");
  assert.equal(await shown(tab), "practice");
  await tab.tap("#practice");
  await tab.type(words.join(" "));
  assert.equal(await tab.typed(), words.join(" "));
  return words;
}

/** Which words of a code stand in these bytes as words of their own; shorter ones stand in sealed bytes by chance. */
export function wordsIn(bytes, words) {
  const text = bytes.toString("latin1");
  return words.filter((word) => word.length > 4 && new RegExp(`(?<![a-z])${word}(?![a-z])`, "i").test(text));
}

const BETWEEN = ["", " ", "+", "%20", ",", "-", "_", "\n", '","'];

/** What of a code, or of the first four letters of its words, stands in these bytes: two in a row, or all in any spelling. */
export function rowsIn(bytes, words) {
  const rows = [words, words.map((word) => word.slice(0, 4))].flatMap((all) =>
    BETWEEN.flatMap((between) => [...all.slice(1).map((word, at) => [Buffer.from(all[at] + between + word)]), spellings(all.join(between))]));
  return rows.flat().filter((row) => bytes.includes(row)).map(String);
}
