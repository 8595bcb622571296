// Trouble: words are never lost without a word, never taken when they could not be locked, never sent twice.

import assert from "node:assert/strict";
import { pbkdf2Sync } from "node:crypto";
import { test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { HELP_LINE, STATE_POLICE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

const TIPS = "**/tips/*";
const countOf = async (words, agency = HELP_LINE) => (await site.inbox(agency)).filter((tip) => tip.story === words).length;

/** Someone on the last screen before sending, whose page's clock only moves when told to. */
async function aboutToSend(words, reader = "The help line.") {
  const person = await visit(browser, site.form, { prepare: (page) => page.clock.install() });
  await person.fillIn(words, reader);
  return person;
}

/** Lets the page's clock run until it says this. */
async function waitOut(person, text) {
  const message = person.page.getByText(text).filter({ visible: true });
  while ((await message.count()) === 0) await person.page.clock.runFor(1_000);
}

/** Nobody can type here, and everybody is told whom to call. */
async function assertClosed(person, reason) {
  const text = await person.page.locator("main").innerText();
  assert.ok(text.includes(reason), text);
  assert.match(text, /call \S+\s+or text \S+/);
  assert.equal(await person.page.locator("textarea").count(), 0);
  assert.equal(await person.page.getByRole("button").filter({ visible: true }).count(), 0);
}

test("when the answer is lost the page sends again, and there is one tip", async () => {
  const person = await aboutToSend("once only");
  let tries = 0;
  await person.page.route(TIPS, async (route) => {
    const answer = await route.fetch();
    tries += 1;
    await (tries === 1 ? route.abort() : route.fulfill({ response: answer }));
  });
  await person.tap("Send");
  await waitOut(person, "It was sent");
  assert.equal(tries, 2);
  assert.equal(await countOf("once only"), 1);
});

test("without a line the words stay, and Send again sends them", async () => {
  const person = await aboutToSend("still here");
  await person.page.route(TIPS, (route) => route.abort());
  await person.tap("Send");
  await waitOut(person, "We could not send it. Your words are still here. Check your signal. Then tap Send again.");
  assert.equal(await person.page.title(), "Error: Contact form");
  assert.deepEqual(await person.answers(), { "What is going on?": "still here" });
  await person.page.unroute(TIPS);
  await person.tap("Send again");
  await person.sees("It was sent");
  assert.equal(await person.page.title(), "Contact form");
  assert.equal(await countOf("still here"), 1);
});

test("a server under pressure has the browser work for its place, and the person only waits", async () => {
  const person = await aboutToSend("in the middle of a flood");
  const [nonce, salt] = ["00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"];
  const challenge = { parameters: { algorithm: "PBKDF2/SHA-256", cost: 4_000, keyLength: 32, keyPrefix: "00", nonce, salt }, signature: "00" };
  let work;
  await person.page.route(TIPS, async (route) => {
    work = await route.request().headerValue("knothole-work");
    const headers = { "Retry-After": "3600", "Knothole-Work": JSON.stringify(challenge) };
    await (work === null ? route.fulfill({ status: 429, headers }) : route.continue());
  });
  await person.tap("Send");
  await person.sees("It was sent");
  const { challenge: back, solution } = JSON.parse(work);
  const password = Buffer.concat([Buffer.from(nonce, "hex"), Buffer.alloc(4)]);
  password.writeUInt32BE(solution.counter, 16);
  const key = pbkdf2Sync(password, Buffer.from(salt, "hex"), 4_000, 32, "sha256").toString("hex");
  assert.deepEqual([back, solution.derivedKey, key.slice(0, 2)], [challenge, key, "00"]);
  assert.equal(await countOf("in the middle of a flood"), 1);
});

test("words changed after a failure are sealed afresh", async () => {
  const person = await aboutToSend("first");
  const ids = [];
  await person.page.route(TIPS, (route) => {
    ids.push(route.request().url());
    return ids.length === 1 ? route.fulfill({ status: 400 }) : route.continue();
  });
  await person.tap("Send");
  await person.sees("We could not send it.");
  await person.tap("Change");
  await person.type(" and second");
  await person.tap("Next");
  await person.tap("Send");
  await person.sees("It was sent");
  assert.notEqual(ids[0], ids[1]);
  assert.equal(await countOf("first and second"), 1);
});

test("while the fast lane sends its box takes no more words, and after a failure it does", async () => {
  const person = await visit(browser, site.form);
  await person.tap("I only have a minute");
  await person.type("room 3");
  let answer;
  await person.page.route(TIPS, (route) => (answer = () => route.fulfill({ status: 412 })));
  const request = person.page.waitForRequest(TIPS);
  await person.tap("Send it now");
  await request;
  await person.type(", too late");
  assert.equal(await person.typed(), "room 3");
  await answer();
  await person.sees("This page is too old");
  await person.type("0");
  assert.equal(await person.typed(), "room 30");
});

test("words changed while the page was still sealing are not sent as they were", async () => {
  const person = await aboutToSend("before");
  await person.page.evaluate(() => {
    document.querySelector("[data-send=full]").click();
    document.querySelector("[data-screen=check] [data-to=change]").click();
  });
  await person.type(" and after");
  await person.tap("Next");
  await person.tap("Send");
  await person.sees("It was sent");
  assert.equal(await countOf("before and after"), 1);
  assert.equal(await countOf("before"), 0);
});

test("a tip sealed in the fast lane is not sent for the groups picked on the long way", async () => {
  const person = await aboutToSend("both ways", "State police.");
  await person.backToStart();
  await person.tap("I only have a minute");
  await person.page.route(TIPS, (route) => route.fulfill({ status: 412 }));
  await person.tap("Send it now");
  await person.sees("This page is too old");
  await person.page.unroute(TIPS);
  await person.tap("Back");
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("It was sent");
  assert.equal(await countOf("both ways", STATE_POLICE), 1);
  assert.equal(await countOf("both ways", HELP_LINE), 0);
});

test("a page that is too old to send from says what to do, and keeps the words", async () => {
  const person = await aboutToSend("too late");
  await person.page.route(TIPS, (route) => route.fulfill({ status: 412 }));
  await person.tap("Send");
  await person.sees("This page is too old, so we could not send it. Your words are still here.");
  assert.deepEqual(await person.answers(), { "What is going on?": "too late" });
});

test("words too long for a letter are refused before anything is sent, and kept", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.paste("long ".repeat(60_000));
  await person.tap("Next");
  await person.sees("This is too long to send. Your words are still here.");
  assert.equal((await person.typed()).length, 300_000);
});

test("the second half of a double tap picks no group", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("How do you know about this?");
  await person.tapTwice("Next");
  assert.equal(await person.heading(), "Who may read this?");
  assert.equal(await person.page.locator("input:checked").count(), 0);
});

test("the second half of a double tap that shows a problem picks no group", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("Who may read this?");
  await person.tapTwice("Next");
  await person.sees("Pick at least one group to read this.");
  assert.equal(await person.page.locator("input:checked").count(), 0);
});

test("the second half of a double tap sends nothing unread", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.type("Two lines on a small phone: Send comes up where Next was");
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Can we write back?");
  await person.tapTwice("Next");
  assert.equal(await person.heading(), "Check what you wrote");
  assert.equal(await person.page.locator("[data-send=full]").isEnabled(), true);
});

test("the page says that nothing was sent only while that is certain", async () => {
  const person = await aboutToSend("in doubt");
  await person.page.route(TIPS, (route) => route.fulfill({ status: 412 }));
  await person.tap("Send");
  await person.sees("This page is too old");
  await person.sees("It has not been sent yet.");
  await person.page.unroute(TIPS);
  await person.page.route(TIPS, (route) => route.abort());
  await person.tap("Send again");
  await waitOut(person, "We could not send it.");
  await person.tap("Change");
  await person.tap("Next");
  await person.sees("But a try may have gone through.");
  assert.equal(await person.page.getByText("It has not been sent yet.").isVisible(), false);
});

test("stopping a send by going back leaves it in doubt", async () => {
  const person = await aboutToSend("stopped");
  await person.page.route(TIPS, () => undefined);
  const request = person.page.waitForRequest(TIPS);
  await person.tap("Send");
  await request;
  await person.tap("Back");
  await person.tap("Next");
  await person.sees("But a try may have gone through.");
});

test("words deleted in their box are nowhere else in the page", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("better not", "The help line.");
  await person.tap("Change");
  await person.paste("");
  assert.equal(await person.typed(), "");
});

test("with nothing told the page asks for a few words and leads to the box", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("What is going on?");
  assert.equal(await person.page.title(), "Error: Contact form");
  assert.equal(await person.page.evaluate(() => document.activeElement.id), "problem");
  await person.tap("Write a few words, so there is something to send.");
  assert.equal(await person.page.evaluate(() => document.activeElement.id), "story");
});

test("nothing is ticked at first, and one group at least is asked for", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("Who may read this?");
  assert.equal(await person.page.locator("input:checked").count(), 0);
  await person.tap("Next");
  await person.sees("Pick at least one group to read this.");
});

test("with scripts off there is no box, and there are numbers to call", async () => {
  const person = await visit(browser, site.form, { javaScriptEnabled: false });
  await assertClosed(person, "This page needs JavaScript to lock your words.");
});

test("a browser without good randomness is told so and gets no box", async () => {
  const prepare = (page) => page.addInitScript(() => Object.defineProperty(Crypto.prototype, "getRandomValues", { value: undefined }));
  await assertClosed(await visit(browser, site.form, { prepare }), "This browser is too old to lock your words.");
});

test("a browser in which the form cannot be built is told so and gets no box", async () => {
  const prepare = (page) => page.addInitScript(() => delete HTMLTemplateElement.prototype.content);
  await assertClosed(await visit(browser, site.form, { prepare }), "This browser is too old to lock your words.");
});

test("a page whose keyring has expired gives no box", async () => {
  const prepare = (page) =>
    page.route(site.form, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/"expires":"[^"]+"/, '"expires":"2020-01-01"');
      await route.fulfill({ response, body });
    });
  await assertClosed(await visit(browser, site.form, { prepare }), "This page is out of date");
});

test("a script that was changed on the way does not run", async () => {
  const prepare = (page) =>
    page.route("**/knothole.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `${await response.text()};` });
    });
  const person = await visit(browser, site.form, { prepare });
  assert.equal(await person.page.locator("textarea").count(), 0);
  assert.match(person.complaints.join(), /integrity/);
});
