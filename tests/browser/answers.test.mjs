// Answers: each one that a person gives is on the check screen and at the desk, and none that they did not give.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { HELP_LINE, PROSECUTORS, STATE_POLICE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** What the letter may answer. */
const ASKED = ["urgency", "about", "minor", "story", "signs", "where", "when", "suspects", "basis", "checkable", "readers",
  "exclude_text", "share", "contact"];

/** The answers in a desk's `show --json` of the tip with this story. */
async function shown(agency, story) {
  const { id } = (await site.inbox(agency)).find((tip) => tip.story === story);
  const tip = JSON.parse(await site.desk(agency, "show", id, "--json"));
  assert.match(tip.created, /^\d{4}-\d\d-\d\dT\d\d:(00|15|30|45)Z$/);
  return Object.fromEntries(Object.entries(tip).filter(([field]) => ASKED.includes(field)));
}

async function send(person) {
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("It was sent");
}

/** Someone who has answered this much on the screen about whom it is, and nothing else. */
async function about(...choices) {
  const person = await visit(browser, site.form);
  await person.skipTo("Who is this about?");
  for (const choice of choices) await person.pick(choice);
  return person;
}

/** Names of the groups in the order in which they are offered. */
const offered = (person) => person.page.locator("#readers [data-name]").allTextContents();

test("every answer of the long way comes out at the desk", async () => {
  const person = await visit(browser, site.form);
  const fill = (name, words) => person.box(name).fill(words);
  await person.skipTo("Is someone in danger?");
  await person.pick("Yes, in the next day or so");
  await person.skipTo("Who is this about?");
  await person.pick("Someone I know");
  await person.pick("Yes");
  await person.skipTo("What is going on?");
  await fill("What is going on?", "All of it");
  await person.skipTo("Is any of this true?");
  for (const sign of await person.page.locator("input[name=signs]").all()) await sign.check();
  await person.skipTo("Where is this?");
  await fill("Where is this?", "Room 12");
  await fill("When are they there?", "Each night");
  await person.skipTo("Who is doing this?");
  await fill("Who is doing this?", "Ray");
  await person.skipTo("How do you know about this?");
  await person.pick("The person told me");
  await fill("Can you tell us one thing we could check?", "A white van");
  await person.skipTo("Who may read this?");
  await person.pick("Federal court lawyers.");
  await person.pick("The help line.");
  await person.pick("State police$");
  await fill("Is it one person? Tell us who.", "Ray's brother");
  await person.skipTo("May they share it to get help?");
  await person.pick("Only the facts");
  await person.skipTo("Can we write back?");
  await person.pick("Yes, some other way.");
  await fill("What is a safe way to reach you?", "My aunt");
  await fill("What days and times are safe?", "After 6");
  await fill("What name should we ask for?", "Flor");
  await person.pick("No$");
  await fill("What should we say if someone else picks up?", "A job");
  await send(person);
  const letter = {
    urgency: "soon",
    about: "other",
    minor: "yes",
    story: "All of it",
    signs: ["takes_money", "debt", "keeps_id", "cannot_leave", "watched", "hurt", "hurt_family", "call_police",
      "sex_for_needs", "sex_photos", "long_hours", "job_not_as_told", "drugs", "dont_know"],
    where: "Room 12",
    when: "Each night",
    suspects: "Ray",
    basis: "person_told",
    checkable: "A white van",
    readers: [0, 3],
    exclude_text: "State police\nRay's brother",
    share: "facts",
    contact: { mode: "other", how: "My aunt", when: "After 6", ask_for: "Flor", message_ok: "no", cover_story: "A job" },
  };
  assert.deepEqual(await shown(HELP_LINE, "All of it"), letter);
  assert.deepEqual(await shown(PROSECUTORS, "All of it"), letter);
  assert.ok((await site.inbox(STATE_POLICE)).every((tip) => tip.story !== "All of it"));
});

test("who passes over every question sends words and readers, and nothing else", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("Nothing more", "Child welfare.", "The help line.");
  assert.deepEqual(await person.answers(), { "What is going on?": "Nothing more" });
  await send(person);
  assert.deepEqual(await shown(HELP_LINE, "Nothing more"), { story: "Nothing more", readers: [0, 1] });
});

test("who does not want to say has not said anything", async () => {
  const person = await about("Me", "I do not want to say");
  await person.fillIn("Not said", "The help line.");
  assert.deepEqual(await person.answers(), { "What is going on?": "Not said" });
  await send(person);
  assert.deepEqual(await shown(HELP_LINE, "Not said"), { story: "Not said", readers: [0] });
});

test("ticks alone can be sent by who cannot write", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("Is any of this true?");
  await person.pick("Someone hurts them");
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await send(person);
  const [tip] = (await site.inbox(HELP_LINE)).filter((tip) => tip.story === undefined);
  assert.deepEqual(tip.signs, ["hurt"]);
});

test("who writes about themself is spoken of as I, and offered the help line first", async () => {
  const person = await about("Me");
  await person.skipTo("Is any of this true?");
  await person.sees("Someone keeps my ID or passport.");
  assert.equal(await person.page.getByText("Someone keeps their ID").isVisible(), false);
  await person.pick("I cannot come and go");
  await person.skipTo("Where is this?");
  await person.box("When are you there?").fill("At night");
  await person.skipTo("Who may read this?");
  assert.equal((await offered(person))[0], "The help line");
  await person.pick("The help line.");
  await person.skipTo("Check what you wrote");
  const said = { "Who is this about?": "Me", "Is any of this true?": "I cannot come and go as I like.", "When are you there?": "At night" };
  assert.deepEqual(await person.answers(), said);
});

test("who only saw something hears what most people pick", async () => {
  const person = await about("Someone I saw");
  await person.skipTo("Who may read this?");
  await person.sees("Most people who saw something pick the help line and the police.");
  const other = await about("Someone I know");
  await other.skipTo("Who may read this?");
  assert.equal(await other.page.getByText("Most people who saw").isVisible(), false);
});

test("the rule for those under 18 is said before anything is typed, and again where the readers are picked", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("If a person under 18 is being hurt");
  await person.sees("Most of the people who read this must, by law, tell child welfare.");
  await person.skipTo("Who is this about?");
  await person.pick("Yes");
  await person.skipTo("Who may read this?");
  await person.sees("Most of the people who read this must, by law, tell child welfare.");
});

test("a group is never picked and left out at once", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("Who may read this?");
  const ticks = () => person.page.locator("[data-screen=readers] input:checked").evaluateAll((all) => all.map(({ name, value }) => `${name} ${value}`));
  await person.pick("State police.");
  await person.pick("State police$");
  assert.deepEqual(await ticks(), ["exclude 2"]);
  await person.pick("State police.");
  assert.deepEqual(await ticks(), ["reader 2"]);
  await person.pick("I do not know.");
  assert.deepEqual(await ticks(), ["unsure on"]);
  await person.pick("The help line$");
  assert.deepEqual(await ticks(), ["exclude 0"]);
});

test("where the police are part of the problem, groups that are not are named", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("Who may read this?");
  assert.equal(await person.page.locator("[data-note=police]").isVisible(), false);
  await person.pick("State police$");
  await person.sees("Is it someone in the police?");
  assert.deepEqual(await person.page.locator("#instead li").allTextContents(), ["The help line", "Federal court lawyers"]);
});

test("a safe way to write back counts only for who wants to be written to", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("Do not call", "The help line.");
  await person.tap("Back");
  await person.pick("Yes, some other way.");
  await person.box("What is a safe way to reach you?").fill("Never call here");
  await person.pick("No. Do not write back.");
  await person.skipTo("Check what you wrote");
  assert.equal((await person.answers())["Can we write back?"], "No. Do not write back.");
  assert.ok(!(await person.page.locator("#answers").textContent()).includes("Never call here"));
  await send(person);
  assert.deepEqual((await shown(HELP_LINE, "Do not call")).contact, { mode: "none" });
});

test("only who takes a code hears before sending that they can add more later", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("More to come", "The help line.");
  const adds = person.page.getByText("You can add more later with your code.");
  assert.equal(await adds.isVisible(), false);
  await person.tap("Back");
  await person.pick("Yes, here.");
  await person.tap("Next");
  assert.equal(await adds.isVisible(), true);
});

test("one answer can be changed from the check screen, and then one is back there", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.type("Changed");
  await person.skipTo("Where is this?");
  await person.box("Where is this?").fill("Room 1");
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Check what you wrote");
  await person.tap("Change: Where is this?");
  await person.box("Where is this?").fill("Room 2");
  await person.tap("Next");
  assert.deepEqual(await person.answers(), { "What is going on?": "Changed", "Where is this?": "Room 2" });
  await person.tap("Change: Where is this?");
  await person.tap("Back");
  assert.equal(await person.heading(), "Check what you wrote");
});

test("a change that takes the last reader away does not lead to sending", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("Nobody", "The help line.");
  for (let screens = 0; screens < 3; screens++) await person.tap("Back");
  await person.pick("The help line.");
  await person.tap("Next");
  await person.sees("Pick at least one group to read this.");
  await person.tap("Back");
  await person.skipTo("Who may read this?");
  assert.equal(await person.heading(), "Who may read this?");
});
