// The page itself: light, quiet, usable by thumb and keyboard, and leaving nothing in the browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** Stops on every screen of the long way and of the fast lane, with an answer on each that can be wrong. */
async function* screens(person) {
  const heading = async () => person.heading();
  const next = () => person.page.locator("[data-to=next]").filter({ visible: true }).dispatchEvent("click");
  yield "start";
  for (const aside of ["I only have a minute", "I am scared of what may happen to me"]) {
    await person.tap(aside);
    yield aside;
    await person.tap("Back");
  }
  await person.tap("Start");
  while ((await heading()) !== "Check what you wrote") {
    const here = await heading();
    yield here;
    if (here === "What is going on?") await person.type("hello");
    if (here === "Can we write back?") {
      await person.pick("Yes, some other way.");
      yield `${here}, opened`;
    }
    if (here === "Who may read this?") {
      await next();
      yield `${here}, with a problem`;
      await person.pick("The help line.");
    }
    await next();
  }
  yield "check";
  await person.tap("Send");
  await person.sees("It was sent");
  yield "sent";
}

test("the browser has nothing to complain about on any screen", async () => {
  const person = await visit(browser, site.form);
  for await (const _ of screens(person));
  assert.deepEqual(person.complaints, []);
});

test("a whole run leaves no cookie and no stored byte", async () => {
  const person = await visit(browser, site.form);
  for await (const _ of screens(person));
  const stored = await person.page.evaluate(async () => [
    document.cookie,
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
  ]);
  assert.deepEqual(stored, ["", 0, 0, 0, 0]);
  assert.deepEqual(await person.page.context().cookies(), []);
});

test("the tab says only Contact form, and the address never changes", async () => {
  const person = await visit(browser, site.form);
  for await (const screen of screens(person)) {
    assert.equal(person.page.url(), site.form);
    assert.equal(await person.page.title(), screen.endsWith("problem") ? "Error: Contact form" : "Contact form");
  }
});

test("each new screen moves the focus to its heading, or to what is wrong", async () => {
  const person = await visit(browser, site.form);
  for await (const screen of screens(person)) {
    if (screen === "start" || screen.endsWith("opened")) continue;
    const focused = await person.page.evaluate(() => document.activeElement.id || document.activeElement.tagName);
    assert.match(focused, screen.endsWith("problem") ? /^problem$/ : /^q-|^H1$/, screen);
  }
});

test("no screen has more words than a person in a hurry reads: 50 in the fast lane, 180 before the first question, 180 anywhere", async () => {
  const person = await visit(browser, site.form);
  await person.page.locator(".keyboard").evaluate((line) => (line.style.display = "inline"));
  const count = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  for await (const screen of screens(person)) {
    const words = count(await person.page.locator("[data-screen]:not([hidden])").innerText());
    const limit = screen === "I only have a minute" ? 50 : 180;
    assert.ok(words > 5 && words <= limit, `${screen}: ${words} words`);
  }
});

test("every target is at least 44 pixels high, and nothing runs over the edge of a narrow phone", async () => {
  const person = await visit(browser, site.form, { viewport: { width: 320, height: 640 } });
  for await (const screen of screens(person)) {
    const { low, width } = await person.page.evaluate(() => ({
      low: [...document.querySelectorAll("a, button, textarea, label.pick")]
        .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < 44)
        .map((target) => target.outerHTML),
      width: document.documentElement.scrollWidth,
    }));
    assert.deepEqual(low, [], screen);
    assert.equal(width, 320, screen);
  }
});

test("every box keeps spelling aids, keyboards and translators out, and follows the writing's direction", async () => {
  const person = await visit(browser, site.form);
  const aids = { autocomplete: "off", autocorrect: "off", autocapitalize: "off", spellcheck: "false", writingsuggestions: "false" };
  const wanted = { ...aids, translate: "no", dir: "auto", "data-gramm": "false" };
  const boxes = () => person.page.locator("textarea").evaluateAll((all, names) =>
    all.map((box) => [box.id, Object.fromEntries(names.map((name) => [name, box.getAttribute(name)]))]), Object.keys(wanted));
  const first = await boxes();
  assert.equal(first.length, 11);
  await person.tap("I have a code");
  await person.page.locator("#code").waitFor();
  const all = await boxes();
  const later = all.map(([id]) => id).filter((id) => first.every(([before]) => before !== id));
  assert.deepEqual(later.sort(), ["check_question", "code", "practice"]);
  for (const [id, box] of all) assert.deepEqual(box, wanted, id);
  // The words of a code go, and the box that they were in with them.
  await person.page.locator("#code").fill("gone");
  await person.tap("Back");
  assert.equal(await person.typed(), "");
  assert.deepEqual(await boxes(), all);
});

test("pulling down or swiping sideways neither reloads nor leaves", async () => {
  const person = await visit(browser, site.form);
  const behaviors = await person.page.evaluate(() =>
    [document.documentElement, document.body].map((part) => getComputedStyle(part).overscrollBehavior));
  assert.deepEqual(behaviors, ["none", "none"]);
});

test("who can open it, who cannot, and what was written is read out to no translator", async () => {
  const person = await visit(browser, site.form);
  for (const list of ["check-readers", "left-out", "instead", "answers"]) {
    assert.equal(await person.page.locator(`#${list}`).getAttribute("translate"), "no", list);
  }
});

test("on paper there is nothing", async () => {
  const person = await visit(browser, site.form);
  await person.fillIn("words for nobody's printer", "The help line.");
  await person.page.emulateMedia({ media: "print" });
  assert.equal(await person.page.evaluate(() => [...document.querySelectorAll("body, body *")].some((one) => one.checkVisibility())), false);
});

test("the whole form can be sent with a keyboard alone", async () => {
  const person = await visit(browser, site.form);
  const { keyboard } = person.page;
  const tabTo = async (matches) => {
    for (let steps = 0; steps < 30; steps++) {
      await keyboard.press("Tab");
      if (await person.page.evaluate((selector) => document.activeElement.matches(selector), matches)) return;
    }
    assert.fail(`no way to ${matches}`);
  };
  const next = async () => {
    await tabTo("[data-to=next]");
    await keyboard.press("Enter");
  };
  await tabTo("button[data-to=before]");
  await keyboard.press("Enter");
  await next();
  await next();
  await tabTo("input[name=urgency]");
  await keyboard.press("Space");
  await keyboard.press("ArrowDown");
  await next();
  await next();
  await tabTo("#story");
  await keyboard.type("by hand");
  await next();
  await tabTo("input[name=signs]");
  await keyboard.press("Space");
  for (let screens = 0; screens < 4; screens++) await next();
  await tabTo("input[name=reader]");
  await keyboard.press("Space");
  for (let screens = 0; screens < 3; screens++) await next();
  const said = { "Is someone in danger?": "Yes, in the next day or so", "What is going on?": "by hand" };
  assert.deepEqual(await person.answers(), { ...said, "Is any of this true?": "Someone takes the money they earn." });
  await tabTo("button[data-send]");
  await keyboard.press("Enter");
  await person.sees("It was sent");
});
