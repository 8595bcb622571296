// Odd words: too many, broken, hostile. They come out at the desk exactly, or are refused with a reason and kept.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** What the desk has after these words were put in as a paste does; with what it shows on a terminal. */
async function sent(words) {
  const known = new Set((await site.inbox(HELP_LINE)).map((tip) => tip.id));
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await put(person, words);
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("It was sent");
  const [tip] = (await site.inbox(HELP_LINE)).filter((tip) => !known.has(tip.id));
  return { story: tip.story, onScreen: await site.desk(HELP_LINE, "show", tip.id) };
}

/** Not by `fill`, which cannot carry half a surrogate pair. */
function put(person, words) {
  const units = [...words].flatMap((letter) => [...Array(letter.length).keys()].map((place) => letter.charCodeAt(place)));
  return person.page.locator("#story").evaluate((box, units) => {
    box.value = units.map((unit) => String.fromCharCode(unit)).join("");
    box.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
  }, units);
}

/** Characters that do something to a terminal, but for the end of a line. */
const HOSTILE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;

test("two hundred thousand characters arrive to the last", async () => {
  const words = "0123456789".repeat(20_000);
  assert.equal((await sent(words)).story, words);
});

test("two hundred thousand emoji are refused at once, with a reason, and kept", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.paste("🙏".repeat(200_000));
  await person.tap("Next");
  await person.sees("This is too long to send. Your words are still here. Make it shorter.");
  assert.equal((await person.typed()).length, 400_000);
  await person.tap("This is too long to send. Your words are still here. Make it shorter. You can send the rest as a new message.");
  assert.equal(await person.page.evaluate(() => document.activeElement.id), "story");
});

test("boxes that are too long only together are refused too, where the longest is", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.paste("long ".repeat(30_000));
  await person.skipTo("Who is doing this?");
  await person.paste("more ".repeat(25_000));
  await person.tap("Next");
  await person.sees("This is too long to send.");
  assert.equal((await person.typed()).length, 275_000);
});

test("emoji, joined and with a skin, arrive as they are", async () => {
  const words = "🙏🏽 \u{1F468}\u200d\u{1F469}\u200d\u{1F467} 🏳️‍🌈 \u{1F1FA}\u{1F1F8}";
  assert.equal((await sent(words)).story, words);
});

test("overrides of the writing's direction arrive, and the desk shows them as what they are", async () => {
  const words = "room \u202e21\u202c \u2066x\u2069 \u200fabc";
  const { story, onScreen } = await sent(words);
  assert.equal(story, words);
  assert.doesNotMatch(onScreen, HOSTILE);
  assert.match(onScreen, /202e/i);
});

test("half a surrogate pair arrives as the mark that the person saw in its place", async () => {
  assert.equal((await sent("a \ud83d b \ude4f c 🙏")).story, "a \ufffd b \ufffd c 🙏");
});

test("pasted bytes arrive, and do nothing to the desk's terminal", async () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join("");
  const words = `PK\u0003\u0004${bytes}\u001b]52;c;aGk=\u0007\u001b[2J\u009b31m`;
  const { story, onScreen } = await sent(words);
  // A text box knows one end of a line.
  assert.equal(story, words.replace(/\r\n?/g, "\n"));
  assert.doesNotMatch(onScreen, HOSTILE);
});
