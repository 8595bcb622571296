// Sending: what a person types in the page comes out at the desks they picked, and is nowhere on the way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, spellings, startBrowser, visit } from "./person.mjs";
import { CHILD_WELFARE, HELP_LINE, PROSECUTORS, STATE_POLICE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** The one tip whose story is `words` in an agency's inbox, or undefined. */
const tipWith = async (agency, words) => (await site.inbox(agency)).find((tip) => tip.story === words);

async function sendTo(words, ...readers) {
  const person = await visit(browser, site.form);
  await person.fillIn(words, ...readers);
  await person.tap("Send");
  await person.sees("It was sent");
  return person;
}

test("the desk of the group that was picked prints the words back", async () => {
  const words = "He keeps my passport in room 12";
  await sendTo(words, "The help line.");
  const tip = await tipWith(HELP_LINE, words);
  assert.match(await site.desk(HELP_LINE, "show", tip.id), /He keeps my passport in room 12/);
});

test("the desks of groups that were not picked list nothing", async () => {
  const words = "The officer is one of them";
  await sendTo(words, "The help line.", "Federal court lawyers.");
  assert.ok(await tipWith(PROSECUTORS, words));
  assert.equal(await tipWith(STATE_POLICE, words), undefined);
  assert.equal(await tipWith(CHILD_WELFARE, words), undefined);
});

test("no request holds the words in any spelling", async () => {
  const words = "vermilion lanterns over the quarry";
  const person = await sendTo(words, "The help line.");
  const sent = await Promise.all(person.requests.map(bytesOf));
  assert.ok(sent.some((bytes) => bytes.includes("letter.age")));
  for (const spelling of spellings(words)) assert.ok(sent.every((bytes) => !bytes.includes(spelling)), String(spelling));
});

test("a page loads one document and one script, another once it is past the first screen, and sends one request", async () => {
  const person = await sendTo("hello", "The help line.");
  const kinds = person.requests.map((request) => `${request.method()} ${request.resourceType()}`);
  assert.deepEqual(kinds, ["GET document", "GET script", "GET script", "PUT fetch"]);
});

test("once it was sent no field holds the words", async () => {
  const person = await sendTo("gone after sending", "The help line.");
  assert.equal(await person.typed(), "");
  assert.ok(!(await person.page.content()).includes("gone after sending"));
});

test("the fast lane takes two taps and goes to the help line alone", async () => {
  const words = "Bus station now, two girls";
  const person = await visit(browser, site.form);
  await person.tap("I only have a minute");
  await person.type(words);
  await person.tap("Send it now");
  await person.sees("It was sent");
  assert.ok(await tipWith(HELP_LINE, words));
  for (const agency of [CHILD_WELFARE, STATE_POLICE, PROSECUTORS]) assert.equal(await tipWith(agency, words), undefined);
});

test("who does not know whom to pick reaches the help line alone", async () => {
  const words = "I do not know who to ask";
  await sendTo(words, "State police.", "I do not know.");
  assert.ok(await tipWith(HELP_LINE, words));
  assert.equal(await tipWith(STATE_POLICE, words), undefined);
});

test("any script, emoji and line break arrives as typed", async () => {
  const words = "أنا في الغرفة\n助けて 🙏\u{1F9D1}\u200d\u{1F373}\n\tÑandú";
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.paste(words);
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("It was sent");
  assert.ok(await tipWith(HELP_LINE, words));
});

test("the last screen before sending names the groups and shows the words", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("please read this", "Child welfare.", "The help line.");
  await person.sees("It has not been sent yet.");
  assert.deepEqual(await person.answers(), { "What is going on?": "please read this" });
  assert.deepEqual(await person.page.locator("#check-readers li").allTextContents(), ["The help line", "Child welfare"]);
  assert.deepEqual(await person.page.locator("#left-out li").allTextContents(), ["State police", "Federal court lawyers"]);
});

test("words written for the fast lane are still there on the long way", async () => {
  const person = await visit(browser, site.form);
  await person.tap("I only have a minute");
  await person.type("more time now");
  await person.tap("Back");
  await person.skipTo("What is going on?");
  assert.equal(await person.page.getByRole("textbox").inputValue(), "more time now");
});
