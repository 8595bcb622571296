// Answers that are older than the newest eleven, asked for one step at a time: what is asked and when, what is said meanwhile, and where
// the person is brought. The answers are the test's own, so that they come, stay out and fail when it says so.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page as web } from "../../web/test/page.mjs";
import { startBrowser, visit } from "./person.mjs";
import { startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const OLDER = "Show older answers";
const ASKING = "We are looking. Please stay on this page.";
/** Of no words that somebody typed: they are gone from the page by then. */
const BUSY = /^We could not look\. Too much came in at once\. Wait a bit\. Then try again\.$/;
const LOST = /^We could not look\. Check your signal\. Then try again\.$/;
const [FULL, ALL] = [web.PER_ANSWER, 2 * web.PER_ANSWER + 3];
let site;
let neutral;
let browser;
let sealed;

stage(async (keep) => {
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
  browser = await keep(startBrowser());
  const [, keyring] = /id="keyring">([^<]*)</.exec(await (await fetch(site.form)).text());
  // The first word of the list, eight times, is a code.
  const { replyTo } = await web.receiptOf(Array(8).fill(0), JSON.parse(keyring).genesis_hash);
  const reply = (number) => ({ format: 1, written: "2026-11-26", lang: "en", text: `answer ${number}` });
  sealed = await Promise.all(newest(ALL).map((_, at) => web.sealTo(replyTo, web.utf8(JSON.stringify(reply(ALL - at)).padEnd(4_096)))));
});

/** The texts of so many, the newest first. */
const newest = (count, from = ALL) => Array.from({ length: count }, (_, at) => `answer ${from - at}`);

/** An answer with these in it. */
function answerOf(files) {
  const answer = Buffer.alloc(web.ANSWER_BYTES);
  answer.writeUInt32BE(files.length);
  let at = 4;
  for (const file of files) {
    answer.writeUInt32BE(file.length, at);
    answer.set(file, at + 4);
    at += 4 + file.length;
  }
  return answer;
}

/** Someone who came back to a mailbox in which so many lie; what is asked of it, and a way to hold its answers back or give others. */
async function comeBack(count = ALL) {
  const mailbox = { asked: [], held: null, status: 200 };
  const prepare = (page) =>
    page.route("**/mailbox", async (route) => {
      const body = route.request().postDataBuffer();
      const { act, skip = 0 } = JSON.parse(body);
      mailbox.asked.push([act, skip, body.length]);
      await mailbox.held;
      if (act === "delete") count = 0;
      const files = sealed.slice(0, count).slice(skip, skip + FULL);
      await route.fulfill({ status: mailbox.status, body: answerOf(files) }).catch(() => undefined);
    });
  const person = await visit(browser, `${neutral.url}before`, { prepare });
  await person.page.goto(site.form);
  await person.page.locator("#leave").evaluate((link, url) => (link.href = url), `${neutral.url}weather`);
  await person.tap("I have a code");
  await person.page.locator("#code").fill(Array(8).fill("abandon").join(" "));
  await person.tap("See if you wrote to me");
  await person.sees("What we wrote to you");
  return {
    ...person,
    mailbox,
    older: person.page.getByRole("button", { name: OLDER }),
    replies: () => person.page.locator(".reply").allTextContents(),
    status: person.page.locator("#replies [role=status]"),
    /** The next answers wait until what this gives is called. */
    hold() {
      let release;
      mailbox.held = new Promise((resolve) => (release = resolve));
      return release;
    },
    /** What stands below what the focus is on. */
    below: () => person.page.evaluate(() => document.activeElement.nextElementSibling?.textContent),
  };
}

test("each step brings the next eleven below the others and goes to the first of them, until there are no more", async () => {
  const person = await comeBack();
  assert.deepEqual(await person.replies(), newest(FULL));
  await person.older.tap();
  await person.sees(`answer ${ALL - FULL}`);
  assert.deepEqual(await person.replies(), newest(2 * FULL));
  assert.equal(await person.below(), `answer ${ALL - FULL}`);
  assert.deepEqual([await person.older.isVisible(), await person.status.textContent()], [true, ""]);
  await person.older.tap();
  await person.sees("answer 1");
  await person.older.waitFor({ state: "hidden" });
  assert.deepEqual(await person.replies(), newest(ALL));
  assert.equal(await person.below(), "answer 3");
  assert.deepEqual(person.mailbox.asked, [["read", 0, 256], ["read", FULL, 256], ["read", 2 * FULL, 256]]);
  assert.deepEqual(person.complaints, []);
});

test("where an answer is not full there is nothing to tap, and where nothing older came that is where the person is brought", async () => {
  const few = await comeBack(FULL - 1);
  assert.deepEqual([(await few.replies()).length, await few.older.isVisible()], [FULL - 1, false]);
  const full = await comeBack(FULL);
  await full.older.tap();
  await full.older.waitFor({ state: "hidden" });
  assert.deepEqual(await full.replies(), newest(FULL));
  assert.match(await full.page.evaluate(() => document.activeElement.textContent), /^You can come back and read it again/);
});

test("while it is asked that is said and nothing is asked twice; what fails is said, costs nothing, and can be tried again", async () => {
  const person = await comeBack();
  const release = person.hold();
  await person.older.tap();
  await person.sees(ASKING);
  await person.older.tap();
  await person.older.tap();
  person.mailbox.status = 503;
  release();
  await person.sees(BUSY);
  assert.equal(person.mailbox.asked.length, 2);
  person.mailbox.status = 500;
  await person.older.tap();
  await person.sees(LOST);
  assert.deepEqual([await person.replies(), person.mailbox.asked.length], [newest(FULL), 3]);
  person.mailbox.status = 200;
  await person.older.tap();
  await person.sees(`answer ${ALL - FULL}`);
  assert.deepEqual([await person.replies(), await person.status.textContent()], [newest(2 * FULL), ""]);
});

test("who goes on meanwhile is left where they are, and finds it there", async () => {
  const person = await comeBack();
  const release = person.hold();
  await person.older.tap();
  await person.sees(ASKING);
  await person.tap("Tell us more, or change what you want");
  await person.type("more");
  const answered = person.page.waitForResponse("**/mailbox");
  release();
  await answered;
  await person.page.waitForFunction((count) => document.querySelectorAll(".reply").length > count, FULL);
  assert.equal(await person.page.evaluate(() => document.activeElement.id), "story");
  await person.tap("Back");
  assert.deepEqual(await person.replies(), newest(2 * FULL));
});

test("who wipes does not wait for what is older, and it does not come after", async () => {
  const person = await comeBack();
  const release = person.hold();
  await person.older.tap();
  await person.sees(ASKING);
  await person.tap("Wipe what you wrote to me");
  await person.tap("Yes, wipe it");
  await person.page.waitForFunction((asking) => document.querySelector("[data-screen=wipe] [role=status]").textContent === asking, ASKING);
  assert.deepEqual(person.mailbox.asked.map(([act]) => act), ["read", "read", "delete"]);
  release();
  await person.sees("It is gone.");
  assert.deepEqual([await person.replies(), await person.older.isVisible()], [[], false]);
});

test("who goes back to the first screen or leaves meanwhile has nothing come after them", async () => {
  const person = await comeBack();
  const late = person.hold();
  await person.older.tap();
  await person.sees(ASKING);
  await person.tap("Back");
  late();
  await person.tap("I have a code");
  assert.deepEqual([await person.replies(), await person.page.locator("#replies").textContent()], [[], ""]);
  const leaving = await comeBack();
  const never = leaving.hold();
  await leaving.older.tap();
  await leaving.sees(ASKING);
  await leaving.page.locator("#leave").tap();
  await leaving.page.waitForURL(`${neutral.url}weather`);
  never();
  await leaving.page.goBack({ waitUntil: "commit" });
  await leaving.page.waitForURL(`${neutral.url}before`);
  assert.ok(!(await leaving.page.content()).includes("answer"));
});
