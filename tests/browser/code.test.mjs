// Receipt codes as a person meets them: taken with a tip, shown once, typed in again in another browser, answered from a desk.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./axe.mjs";
import { startChromium } from "./chromium.mjs";
import * as code from "./code.mjs";
import { startFirefox } from "./firefox.mjs";
import { bytesOf, startBrowser, visit } from "./person.mjs";
import { keepsOf } from "./profile.mjs";
import { HELP_LINE, startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

const REPLY = "Thank you.\n<b>Are you safe</b> where you are now?";
const ASK = "See if you wrote to me";
let site;
let neutral;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
  browser = await keep(startBrowser());
});

/** Someone who came from another page; their exit leads to a page on this machine. */
async function arrive(tab) {
  await tab.open(`${neutral.url}before`);
  await tab.open(site.form);
  await tab.sees("#start-actions");
  await tab.run((url) => (document.getElementById("leave").href = url), `${neutral.url}weather`);
}

const { goTo, pick, press, shown, wordsOn } = code;
const take = (tab, story) => arrive(tab).then(() => code.take(tab, story));
const typeCode = (tab, words) => arrive(tab).then(() => code.typeCode(tab, words));
const comeBack = (tab, words) => arrive(tab).then(() => code.comeBack(tab, words));

const tipWith = async (story) => (await site.inbox(HELP_LINE)).find((tip) => tip.story === story);

for (const start of [startChromium, startFirefox]) {
  const name = start.name.slice(5);

  test(`in ${name} a code brings back what a desk wrote, in a new profile, and adds to what was sent`, async () => {
    const story = `vermilion lanterns, ${name}`;
    const first = await start();
    const words = await take(await first.newTab(), story);
    await first.close();
    assert.equal(words.length, 8);
    const tip = await tipWith(story);
    await site.desk(HELP_LINE, "reply", tip.id, "-m", REPLY, "--yes");

    const second = await start();
    try {
      const tab = await second.newTab();
      await comeBack(tab, words.map((word) => word.slice(0, 4).toUpperCase()).join(" "));
      const replies = await tab.run(() => [...document.querySelectorAll(".reply")].map((one) => one.textContent));
      assert.equal(replies[0], REPLY);
      assert.ok(!(await tab.content()).includes(story));
      await press(tab, ".go");
      await tab.tap("#story");
      await tab.type("they moved her");
      await goTo(tab, "readers");
      await pick(tab, "reader", "0");
      await goTo(tab, "share");
      await pick(tab, "share", "none");
      await goTo(tab, "contact");
      await pick(tab, "contact", "none");
      await goTo(tab, "check");
      await press(tab, "[data-send]");
      assert.deepEqual([await shown(tab), await wordsOn(tab)], ["sent", []]);
    } finally {
      await second.close();
    }
    await site.inbox(HELP_LINE);
    const thread = (await site.desk(HELP_LINE, "show", tip.id)).replace(/\s+/g, " ");
    assert.match(thread, /asked by whoever has the code .*nothing: ask them first contact do not contact/);
    assert.match(thread, /What came later, from whoever has the code .*they moved her/);
  });

  test(`in ${name} who has more answers than one asking brings asks for the older ones below them, and then there are no more to ask for`, async () => {
    const story = `much to answer, ${name}`;
    const running = await start();
    try {
      const words = await take(await running.newTab(), story);
      const { id } = await tipWith(story);
      for (let number = 1; number <= 13; number++) await site.desk(HELP_LINE, "reply", id, "-m", `answer ${number}`, "--yes");
      const tab = await running.newTab();
      await comeBack(tab, words.join(" "));
      const replies = () => tab.run(() => [...document.querySelectorAll(".reply")].map((one) => one.textContent));
      const newest = Array.from({ length: 13 }, (_, at) => `answer ${13 - at}`);
      assert.deepEqual(await replies(), newest.slice(0, 11));
      await tab.tap("#replies button");
      await until(async () => (await replies()).length > 11);
      assert.deepEqual(await replies(), newest);
      assert.equal(await tab.run(() => document.querySelector("#replies button").checkVisibility()), false);
      assert.equal(await tab.run(() => document.activeElement.nextElementSibling.textContent), "answer 2");
      await press(tab, ".actions button:nth-child(3)");
      await press(tab, ".go");
      assert.equal(await tab.run(() => document.querySelectorAll(".reply, #replies button").length), 0);
    } finally {
      await running.close();
    }
  });

  test(`in ${name} who wants to be left alone says to whom, looks at it once and sends it`, async () => {
    const story = `leave me alone, ${name}`;
    const first = await start();
    const words = await take(await first.newTab(), story);
    await first.close();
    const tip = await tipWith(story);
    const second = await start();
    try {
      const tab = await second.newTab();
      const stop = () => press(tab, ".actions button:nth-child(2)");
      await comeBack(tab, words.join(" "));
      await stop();
      assert.equal(await shown(tab), "readers");
      await press(tab, ".back");
      await press(tab, ".back");
      assert.equal(await shown(tab), "box");
      await stop();
      await pick(tab, "reader", "0");
      await press(tab, "[data-to=next]");
      assert.equal(await shown(tab), "check");
      await press(tab, "[data-send]");
      assert.equal(await shown(tab), "sent");
    } finally {
      await second.close();
    }
    await site.inbox(HELP_LINE);
    const thread = (await site.desk(HELP_LINE, "show", tip.id)).replace(/\s+/g, " ");
    assert.match(thread, /asked by whoever has the code .*nothing: ask them first contact do not contact/);
  });

  test(`in ${name} one leaves every screen of a code, and not a word, key or reply is left in the tab`, async () => {
    const running = await start();
    const story = `a tip to leave, ${name}`;
    try {
      const words = await take(await running.newTab(), story);
      await site.desk(HELP_LINE, "reply", (await tipWith(story)).id, "-m", "reply to leave", "--yes");
      const [typed, box, wiping, adding, stop, learning] = [
        (tab) => typeCode(tab, words.join(" ")),
        (tab) => comeBack(tab, words.join(" ")),
        (tab) => arrive(tab).then(() => code.askToWipe(tab, words.join(" "))),
        async (tab) => {
          await comeBack(tab, words.join(" "));
          await press(tab, ".go");
          await tab.tap("#story");
          await tab.type("more to leave");
        },
        async (tab) => {
          await comeBack(tab, words.join(" "));
          await press(tab, ".actions button:nth-child(2)");
        },
        (tab) => arrive(tab).then(() => code.learn(tab, "sent to learn")),
      ];
      const leave = (tab) => tab.tap("#leave");
      const thrice = (key) => async (tab) => {
        for (let times = 0; times < 3; times++) await tab.press(key);
      };
      const roads = [
        [(tab) => take(tab, "sent to leave"), leave],
        [learning, leave], [learning, thrice("Escape")], [learning, thrice("Shift")],
        [typed, thrice("Shift")],
        [box, leave], [box, thrice("Escape")],
        [wiping, leave], [wiping, thrice("Escape")], [wiping, thrice("Shift")],
        [adding, leave],
        [stop, leave],
      ];
      for (const [way, out] of roads) {
        const tab = await running.newTab();
        await way(tab);
        const depth = await tab.run(() => history.length);
        assert.deepEqual(await tab.run(keepsOf), []);
        assert.deepEqual([await tab.where(), await tab.run(() => document.title)], [site.form, "Contact form"]);
        await out(tab);
        await tab.arrive(`${neutral.url}weather`);
        for (const [step, place] of [[-1, "before"], [1, "weather"], [-1, "before"], [0, "before"], [1, "weather"]]) {
          await (step === 0 ? tab.reload() : tab.go(step));
          await tab.arrive(`${neutral.url}${place}`);
          assert.equal(await tab.typed(), "");
          assert.equal(await tab.run(() => history.length), depth);
        }
      }
      const to = (url, move) => async (tab) => {
        await move(tab);
        await tab.arrive(url);
      };
      const trip = [to(`${neutral.url}before`, (tab) => tab.go(-1)), to(site.form, (tab) => tab.go(1)), to(site.form, (tab) => tab.reload())];
      // Neither browser keeps such a page for Back as it is; one that does keeps what is there once the page heard that it goes.
      const putAway = (tab) => tab.run(() => void dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
      for (const way of [box, wiping, adding, learning, (tab) => take(tab, "back and forth")]) {
        for (const steps of [trip, [putAway]]) {
          const tab = await running.newTab();
          const own = (await way(tab)) ?? words;
          for (const step of steps) {
            await step(tab);
            const held = await tab.content();
            assert.equal(await tab.typed(), "");
            for (const word of [own.join(""), own.join(" "), "reply to leave", "more to leave", `>${own[0]}<`]) assert.ok(!held.includes(word), word);
          }
          assert.equal(await shown(tab), "start");
        }
      }
    } finally {
      await running.close();
    }
  });
}

/** A person's tip by the long way, with this answer to "Can we write back?". */
async function sendWith(person, contact) {
  await person.skipTo("What is going on?");
  await person.type("hello");
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Can we write back?");
  await person.pick(contact);
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
}

/**
 * This person's address is as it was, none that they asked for has anything behind its path, and nothing that went out has a part of this
 * code in it. Words that stand in `others`, requests of somebody who has no code, say nothing.
 */
async function assertKept({ page, requests }, words, others) {
  assert.equal(page.url(), site.form);
  for (const url of requests.map((request) => new URL(request.url()))) assert.equal(url.search, "", url.href);
  const [sent, known] = await Promise.all([requests, others].map(async (all) => Buffer.concat(await Promise.all(all.map(bytesOf)))));
  assert.deepEqual(code.rowsIn(sent, words), []);
  assert.deepEqual(code.wordsIn(sent, words), code.wordsIn(known, words));
}

test("who takes a code, who takes none and who is in a hurry make the very same requests", async () => {
  const lines = (person) => person.requests.map((one) => `${one.method()} ${one.url().replace(/[^/]{52}$/, "id")} ${one.postDataBuffer()?.length}`);
  const [taking, none, fast] = await Promise.all([1, 2, 3].map(() => visit(browser, site.form)));
  await sendWith(taking, "Yes, here.");
  await taking.sees("Learn it, or write it down");
  await sendWith(none, "No.");
  await none.sees("It was sent");
  await fast.tap("I only have a minute");
  await fast.type("hello");
  await fast.tap("Send it now");
  await fast.sees("It was sent");
  assert.deepEqual(lines(taking), lines(none));
  assert.deepEqual(lines(taking), lines(fast));
  assert.equal(lines(taking).length, 4);
  await assertKept(taking, await taking.page.locator(".words li").allTextContents(), none.requests);
});

test("in the fast lane the code is there for who wants to see it, and shown to nobody else", async () => {
  const person = await visit(browser, site.form);
  await person.tap("I only have a minute");
  await person.type("bus station");
  await person.tap("Send it now");
  await person.sees("You can come back to tell us more");
  assert.equal(await person.page.locator(".words").isVisible(), false);
  await person.tap("Show my code");
  assert.equal(await person.page.locator(".words li").filter({ visible: true }).count(), 8);
  assert.equal(await person.page.evaluate(() => document.activeElement.textContent), "Your code");
});

test("who wants no code is offered none to learn", async () => {
  const person = await visit(browser, site.form);
  await sendWith(person, "No. Do not write back.");
  await person.sees("It was sent");
  const buttons = await person.page.locator("[data-screen=sent] button").filter({ visible: true }).allTextContents();
  assert.deepEqual(buttons.filter((name) => name.includes("code")), []);
});

test("words can be typed once to learn them, and wrong ones are told from right ones", async () => {
  const person = await visit(browser, site.form);
  await sendWith(person, "Yes, here.");
  await person.sees("Learn it, or write it down");
  const words = await person.page.locator(".words li").allTextContents();
  await person.tap("Type my code once, to learn it");
  assert.equal(await person.page.locator(".words").isVisible(), false);
  await person.page.locator("#practice").fill(words.slice(1).join(" "));
  await person.tap("Check my words");
  await person.sees("We need eight words. You typed 7.");
  await person.page.locator("#practice").fill(words.join("\n").toUpperCase());
  await person.tap("Check my words");
  await person.sees("That is right.");
  await person.tap("Show me my code again");
  await person.sees(words[0]);
  assert.equal(await person.page.locator("#practice").inputValue(), "", "it stands nowhere but where it was given");
  assert.equal(await person.page.locator("[data-screen=practice] .status").textContent(), "");
});

test("a wrong word and swapped words are found before anything is asked of the server", async () => {
  const person = await visit(browser, site.form);
  await person.tap("I have a code");
  const box = person.page.locator("#code");
  const words = "orbit velvet puzzle hamster walnut giraffe lizard boil".split(" ");
  const mismatch = "That code does not match. Check each word and try again.";
  for (const [typed, answer] of [
    [words.with(2, "puzzel"), "Word 3 is not in our list: puzzel. Did you mean one of these? puzzle."],
    [words.with(7, "zoo"), mismatch],
    [words.slice(2), "We need eight words. You typed 6."],
    [words.with(1, words[4]).with(4, words[1]), mismatch],
  ]) {
    await box.fill(typed.join(" "));
    await person.tap(ASK);
    await person.sees(answer);
  }
  assert.equal(person.requests.filter((request) => request.method() === "POST").length, 0);
  await box.fill(words.join(" "));
  await person.tap(ASK);
  await person.sees("There is nothing here for this code right now.");
  const asked = person.requests.filter((request) => request.method() === "POST");
  assert.deepEqual(asked.map((request) => [request.url(), request.postDataBuffer().length]), [[new URL("/mailbox", site.form).href, 256]]);
  assert.match(asked[0].postData(), /^\{"id":"[0-9a-f]{64}","token":"[0-9a-f]{64}","act":"read"\} *$/);
  await assertKept(person, words, []);
  assert.equal(await person.typed(), "");
});

test("what was written can be read again until it is wiped, and then the place is as if nothing had ever been there", async () => {
  const story = "a tip whose replies are wiped";
  const taking = await visit(browser, site.form);
  await taking.skipTo("What is going on?");
  await taking.type(story);
  await taking.skipTo("Who may read this?");
  await taking.pick("The help line.");
  await taking.skipTo("Can we write back?");
  await taking.pick("Yes, here.");
  await taking.page.locator("#check_question").fill("What is my cat called?");
  await taking.skipTo("Check what you wrote");
  await taking.tap("Send");
  await taking.sees("Learn it, or write it down");
  const words = (await taking.page.locator(".words li").allTextContents()).join(" ");
  const tip = await tipWith(story);
  assert.match(await site.desk(HELP_LINE, "show", tip.id), /What is my cat called\?/);
  await site.desk(HELP_LINE, "reply", tip.id, "-m", REPLY, "--yes");
  for (let times = 0; times < 2; times++) {
    const person = await visit(browser, site.form);
    await person.tap("I have a code");
    await person.page.locator("#code").fill(words);
    await person.tap(ASK);
    await person.sees("It is wiped 90 days after you last came to look.");
    assert.equal(await person.page.locator(".reply").first().textContent(), REPLY);
    assert.equal(await person.page.locator(".reply b").count(), 0);
    assert.deepEqual(await violations(person.page), []);
    assert.deepEqual(person.complaints, []);
    if (times === 0) continue;
    await person.tap("Wipe what you wrote to me");
    await person.tap("Yes, wipe it");
    await person.sees("It is gone.");
    assert.equal(await person.page.locator(".reply").count(), 0);
  }
  const after = await visit(browser, site.form);
  await after.tap("I have a code");
  await after.page.locator("#code").fill(words);
  await after.tap(ASK);
  await after.sees("There is nothing here for this code right now.");
});

test("who reads Haitian Creole, whose days no browser knows how to write, reads the day as in French", async () => {
  const inCreole = async () => {
    const tab = await chromium.newTab();
    await tab.open(new URL("ht", site.form).href);
    await tab.sees("#start-actions");
    return tab;
  };
  const chromium = await startChromium();
  try {
    const words = await code.take(await inCreole(), "day by day");
    await site.desk(HELP_LINE, "reply", (await tipWith("day by day")).id, "-m", REPLY, "--yes");
    const tab = await inCreole();
    await code.comeBack(tab, words.join(" "));
    const months = Array.from({ length: 12 }, (_, month) => new Date(2026, month).toLocaleDateString("fr", { month: "long" }));
    const day = new RegExp(`^Nou te ekri sa a [0-9]+(er)? (${months.join("|")}) [0-9]{4}:$`);
    assert.match(await tab.run(() => document.querySelector("#replies .note > p").textContent), day);
  } finally {
    await chromium.close();
  }
});

test("where the later script cannot be had, that is said, and a tip goes without a code", async () => {
  const prepare = (page) => page.route("**/later.js", (route) => route.abort());
  const person = await visit(browser, site.form, { prepare });
  await person.tap("I have a code");
  await person.sees("There can be no secret code just now.");
  await person.tap("Back");
  await person.skipTo("What is going on?");
  await person.type("no code to be had");
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Can we write back?");
  await person.pick("Yes, here.");
  await person.page.locator("[data-screen=contact] [data-to=next]").tap();
  await person.sees("There can be no secret code just now.");
  await person.pick("No.");
  await person.tap("Next");
  await person.tap("Send");
  await person.sees("It was sent");
  assert.ok(await tipWith("no code to be had"));
});

test("what was typed before the later script came stands in no box of it, and goes nowhere but where it was typed", async () => {
  const words = "typed on a slow line";
  let come;
  const prepare = (page) => page.route("**/later.js", (route) => void (come = () => route.continue()));
  const person = await visit(browser, site.form, { prepare });
  // The boxes of the later script are made like this one.
  await person.tap("I only have a minute");
  await person.type(words);
  await until(async () => come);
  await come();
  await person.page.locator("#code").waitFor({ state: "attached" });
  assert.equal(await person.typed(), words);
  await person.tap("Back");
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Can we write back?");
  await person.pick("Yes, here.");
  assert.equal(await person.page.locator("#check_question").inputValue(), "");
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("It was sent");
  const { id } = await tipWith(words);
  assert.doesNotMatch(await site.desk(HELP_LINE, "show", id), /ask them this/);
});

test("a later script with another byte in it is not run", async () => {
  const prepare = (page) =>
    page.route("**/later.js", async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${await answer.text()} ` });
    });
  const person = await visit(browser, site.form, { prepare });
  await person.tap("I have a code");
  await person.sees("There can be no secret code just now.");
  assert.equal(await person.page.locator("#code").count(), 0);
});
