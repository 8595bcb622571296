// Leaving: whatever road is taken, nothing that was typed is left in the tab, and the form is not in its history.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { screens } from "./walk.mjs";

const WORDS = "Nobody may find this";
const STORY = "What is going on?";
let site;
let neutral;

stage(async (keep) => {
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
});

/** Someone who came from another page and has typed; their exit leads to a page on this machine. */
async function midway(browser) {
  const person = await visit(browser, `${neutral.url}before`);
  await person.page.goto(site.form);
  await person.page.locator("#leave").evaluate((link, url) => (link.href = url), `${neutral.url}weather`);
  await person.skipTo(STORY);
  await person.type(WORDS);
  return person;
}

/** Someone at the last screen before sending who has filled every kind of field there is, and has picked a file. */
async function filled(browser) {
  const person = await visit(browser, `${neutral.url}before`);
  await person.page.goto(site.form);
  await person.page.locator("#leave").evaluate((link, url) => (link.href = url), `${neutral.url}weather`);
  await person.page.locator("#tip").setInputFiles({ name: "form.tar", mimeType: "application/x-tar", buffer: Buffer.from(WORDS) });
  for await (const screen of screens(person.page)) if (screen === "check") break;
  assert.deepEqual(await kinds(person), KINDS);
  assert.deepEqual(await person.page.evaluate(filledKinds), KINDS);
  return person;
}

const KINDS = ["checkbox", "file", "radio", "textarea"];

/** The kinds of field that the page has: whoever adds one adds it to what is filled here. */
const kinds = ({ page }) =>
  page.evaluate(() => [...new Set([...document.querySelectorAll("input, textarea, select, [contenteditable]")].map(({ type, tagName }) => type || tagName))].sort());

/** Runs in the page: the kinds of field of which one holds something. */
function filledKinds() {
  const holds = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value !== "");
  return [...new Set([...document.querySelectorAll("input, textarea, select")].filter(holds).map(({ type }) => type))].sort();
}

/** Back, Forward or reload; a page that comes out of the cache never loads again, so only its being there is awaited. */
async function move(person, how) {
  await person.page[how]({ waitUntil: "commit" });
  await person.page.waitForFunction(() => document.readyState === "complete");
}

async function arrive(person) {
  await person.page.waitForURL(`${neutral.url}weather`);
}

/** The tab goes out of sight or comes back. */
function turn(person, state) {
  return person.page.evaluate((value) => {
    Object.defineProperty(document, "visibilityState", { value, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** On to the last screen before sending. */
async function goToCheck(person) {
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Check what you wrote");
}

/** The addresses of the tab's history. */
async function history(page) {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  return entries.map((entry) => entry.url).filter((url) => url !== "about:blank");
}

for (const keepsPages of [true, false]) {
  describe(`with the back/forward cache ${keepsPages ? "on" : "off"}`, () => {
    let browser;
    stage(async (keep) => (browser = await keep(startBrowser({ keepsPages }))));

    test("after Leave now neither Back, Forward nor reload brings a character back", async () => {
      const person = await midway(browser);
      await person.page.locator("#leave").tap();
      await arrive(person);
      for (const how of ["goBack", "goForward", "goBack", "reload", "goForward", "reload"]) {
        await move(person, how);
        assert.equal(await person.typed(), "", how);
        assert.ok(!(await person.page.content()).includes(WORDS), how);
      }
    });

    test("the form is no longer in the tab's history", async () => {
      const person = await midway(browser);
      await person.page.locator("#leave").tap();
      await arrive(person);
      assert.deepEqual(await history(person.page), [`${neutral.url}before`, `${neutral.url}weather`]);
    });

    test("the phone's own Back key and then Forward gives an empty form", async () => {
      const person = await midway(browser);
      await move(person, "goBack");
      await move(person, "goForward");
      assert.equal(await person.typed(), "");
      assert.equal(await person.heading(), "Tell us what is going on");
    });

    test("going to another address and Back gives an empty form", async () => {
      const person = await midway(browser);
      await person.page.goto(`${neutral.url}elsewhere`);
      await move(person, "goBack");
      assert.equal(await person.typed(), "");
      assert.equal(await person.heading(), "Tell us what is going on");
    });

    test("nothing shows that a send was tried before the tab went elsewhere", async () => {
      const person = await midway(browser);
      await goToCheck(person);
      await person.page.route("**/tips/*", (route) => route.fulfill({ status: 412 }));
      await person.tap("Send");
      await person.sees("This page is too old");
      await person.page.goto(`${neutral.url}elsewhere`);
      await move(person, "goBack");
      assert.equal(await person.page.title(), "Contact form");
      assert.deepEqual(await person.page.locator("[data-send]").allTextContents(), ["Send it now", "Send"]);
    });

    test("no field of any kind keeps anything, by whatever road one left", async () => {
      const roads = {
        "Leave now, then Back": async ({ page }) => {
          await page.locator("#leave").tap();
          await page.waitForURL(`${neutral.url}weather`);
        },
        "another address": ({ page }) => page.goto(`${neutral.url}elsewhere`),
        "a link": async ({ page }) => {
          await page.evaluate((url) => (location.href = url), `${neutral.url}elsewhere`);
          await page.waitForURL(`${neutral.url}elsewhere`);
        },
      };
      for (const [road, go] of Object.entries(roads)) {
        const person = await filled(browser);
        await go(person);
        for (const how of ["goBack", "goForward", "goBack", "reload"]) {
          await move(person, how);
          assert.deepEqual(await person.page.evaluate(filledKinds), [], `${road}: ${how}`);
        }
        await person.page.context().close();
      }
      const person = await filled(browser);
      await move(person, "reload");
      assert.deepEqual(await person.page.evaluate(filledKinds), []);
      assert.equal(await person.page.locator("#answers").textContent(), "");
      await person.page.context().close();
    });

    test("a reload gives an empty form", async () => {
      const person = await midway(browser);
      await move(person, "reload");
      assert.equal(await person.typed(), "");
    });
  });
}

describe("on every screen", () => {
  let browser;
  stage(async (keep) => (browser = await keep(startBrowser())));

  test("moving through the form adds nothing to the history", async () => {
    const person = await midway(browser);
    await person.tap("Next");
    await person.tap("Back");
    await goToCheck(person);
    assert.deepEqual(await history(person.page), [`${neutral.url}before`, site.form]);
  });

  test("the page one flees to is not told where one came from", async () => {
    const person = await midway(browser);
    neutral.visits.length = 0;
    await person.page.locator("#leave").tap();
    await arrive(person);
    assert.equal(neutral.visits[0].headers.referer, undefined);
  });

  test("one tap covers the page at once, and the page is wiped before it goes", async () => {
    const person = await midway(browser);
    await person.page.exposeFunction("tell", (typed) => (person.typedWhenGoing = typed));
    const state = await person.page.evaluate(() => {
      const typed = () => [...document.querySelectorAll("textarea")].map((box) => box.value).join("");
      navigation.addEventListener("navigate", () => tell(typed()));
      document.getElementById("leave").click();
      return {
        covered: !document.getElementById("cover").hidden,
        shown: document.elementFromPoint(180, 30).closest("#cover") !== null,
      };
    });
    assert.deepEqual(state, { covered: true, shown: true });
    await arrive(person);
    assert.equal(person.typedWhenGoing, "");
  });

  test("where nothing is drawn any more one leaves all the same", async () => {
    const person = await midway(browser);
    await person.page.evaluate(() => (globalThis.requestAnimationFrame = () => 0));
    await person.page.locator("#leave").tap();
    await arrive(person);
  });

  test("Leave now covers the page while it is pressed, and a finger that slips off leaves nothing", async () => {
    const person = await midway(browser);
    const isCovered = () => person.page.locator("#cover").isVisible();
    await person.page.mouse.move(180, 20);
    await person.page.mouse.down();
    assert.equal(await isCovered(), true);
    await person.page.mouse.move(180, 400);
    await person.page.mouse.up();
    assert.equal(await isCovered(), false);
    assert.equal(await person.typed(), WORDS);
    await person.page.mouse.move(180, 20);
    await person.page.mouse.down();
    await person.page.mouse.up();
    await arrive(person);
  });

  test("Shift three times leaves", async () => {
    const person = await midway(browser);
    for (let time = 0; time < 3; time++) await person.page.keyboard.press("Shift");
    await arrive(person);
  });

  test("capital letters do not leave", async () => {
    const person = await midway(browser);
    for (const key of ["A", "B", "C", "D"]) await person.page.keyboard.press(`Shift+${key}`);
    assert.equal(await person.typed(), `${WORDS}ABCD`);
  });

  for (const held of ["Control", "Alt"]) {
    test(`Shift three times with ${held} held, to change the keyboard, does not leave`, async () => {
      const person = await midway(browser);
      await person.page.keyboard.down(held);
      for (let time = 0; time < 3; time++) await person.page.keyboard.press("Shift");
      await person.page.keyboard.up(held);
      assert.equal(await person.typed(), WORDS);
    });
  }

  test("marking text with Shift and clicks does not leave", async () => {
    const person = await midway(browser);
    for (let time = 0; time < 3; time++) await person.page.getByRole("textbox").click({ modifiers: ["Shift"] });
    assert.equal(await person.typed(), WORDS);
  });

  test("Leave now goes even if something breaks in the wipe", async () => {
    const person = await midway(browser);
    await person.page.evaluate(() => {
      Element.prototype.replaceWith = () => {
        throw new Error("broken");
      };
    });
    await person.page.locator("#leave").tap();
    await arrive(person);
  });

  test("a browser of 2020 can check, send and leave", async () => {
    const person = await midway(browser);
    await person.page.evaluate(() => delete Element.prototype.replaceChildren);
    await goToCheck(person);
    assert.equal(await person.heading(), "Check what you wrote");
    await person.page.locator("#leave").tap();
    await arrive(person);
  });

  test("Leave now leaves while the page is sending", async () => {
    const person = await midway(browser);
    await goToCheck(person);
    await person.page.route("**/tips/*", () => undefined);
    const request = person.page.waitForRequest("**/tips/*");
    await person.tap("Send");
    await request;
    await person.page.locator("#leave").tap();
    await arrive(person);
    await move(person, "goBack");
    assert.equal(await person.typed(), "");
  });

  test("the button on the check screen and the one after sending leave too", async () => {
    const person = await midway(browser);
    await goToCheck(person);
    await person.tap("Leave now and wipe it");
    await arrive(person);
    const other = await midway(browser);
    await goToCheck(other);
    await other.tap("Send");
    await other.tap("Leave this page");
    await arrive(other);
  });

  test("Leave now is the first stop of the Tab key", async () => {
    const person = await midway(browser);
    await person.page.evaluate(() => document.activeElement.blur());
    await move(person, "reload");
    await person.page.keyboard.press("Tab");
    assert.equal(await person.page.evaluate(() => document.activeElement.id), "leave");
  });

  test("Leave now stays at the top, over the full width, however far one scrolls", async () => {
    const person = await midway(browser);
    await person.tap("Next");
    await person.page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const corners = await person.page.evaluate(() =>
      [[2, 2], [358, 2], [2, 40], [358, 40]].map(([x, y]) => document.elementFromPoint(x, y).id),
    );
    assert.deepEqual(corners, ["leave", "leave", "leave", "leave"]);
  });

  test("Leave now stays at the top of what one sees while the page is made larger with two fingers", async () => {
    const person = await midway(browser);
    const session = await person.page.context().newCDPSession(person.page);
    await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 2.5 });
    await person.page.locator("[data-screen=story] .go").evaluate((button) => button.scrollIntoView({ block: "end", inline: "end" }));
    const { seen, exit } = await person.page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      const { offsetLeft, offsetTop, width, scale } = visualViewport;
      const { left, top, right, height } = document.getElementById("leave").getBoundingClientRect();
      return { seen: [offsetLeft, offsetTop, offsetLeft + width, scale], exit: [left, top, right, height] };
    });
    assert.ok(seen[0] > 10 && seen[1] > 100 && seen[3] > 2, `${seen}`);
    for (const edge of [0, 1, 2]) assert.ok(Math.abs(seen[edge] - exit[edge]) < 2, `${seen} ${exit}`);
    assert.ok(exit[3] * seen[3] >= 44, `${exit}`);
  });

  test("where a phone shows the page smaller, to fit what is wider than its screen, Leave now makes it no wider", async () => {
    const person = await midway(browser);
    const width = () => person.page.evaluate(() => document.documentElement.scrollWidth);
    await person.page.evaluate(() => (document.body.style.width = "720px"));
    assert.equal(await width(), 720);
    const session = await person.page.context().newCDPSession(person.page);
    await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: 0.5 });
    await person.page.waitForFunction(() => visualViewport.scale === 0.5 && document.getElementById("leave").style.transform !== "");
    assert.equal(await width(), 720);
  });

  test("where a press would open the menu of a link, as a long one does on a phone, it leaves and opens none", async () => {
    const person = await midway(browser);
    const [isStopped] = await Promise.all([
      person.page.evaluate(() => !document.getElementById("leave").dispatchEvent(new Event("contextmenu", { bubbles: true, cancelable: true }))),
      arrive(person),
    ]);
    assert.equal(isStopped, true);
  });

  test("out of sight the page shows nothing, and the words are there after a tap", async () => {
    const person = await midway(browser);
    await turn(person, "hidden");
    assert.equal(await person.page.locator("main").isVisible(), false);
    await turn(person, "visible");
    assert.equal(await person.page.locator("#leave").isVisible(), true);
    await person.tap("We hid the page since you were away. Tap to go on.");
    assert.equal(await person.page.getByRole("textbox").inputValue(), WORDS);
  });

  test("while the page is out of sight, searching in it, marking all of it and reading it aloud give no word of it", async () => {
    const person = await midway(browser);
    await person.skipTo("Who may read this?");
    await person.pick("The help line.");
    await person.skipTo("Check what you wrote");
    assert.equal(await person.page.evaluate((words) => find(words, false, false, true), WORDS), true);
    await turn(person, "hidden");
    await turn(person, "visible");
    const left = await person.page.evaluate((words) => {
      document.activeElement.blur();
      getSelection().selectAllChildren(document.body);
      return { marked: String(getSelection()), isFound: find(words, false, false, true) };
    }, WORDS);
    assert.ok(!left.marked.includes(WORDS), left.marked);
    assert.equal(left.isFound, false);
    assert.ok(!(await person.page.locator("body").ariaSnapshot()).includes(WORDS));
    assert.equal(await person.page.title(), "Contact form");
  });

  test("what happened while the page was out of sight is what one comes back to", async () => {
    const person = await midway(browser);
    await goToCheck(person);
    let answer;
    await person.page.route("**/tips/*", (route) => (answer = () => route.continue()));
    const request = person.page.waitForRequest("**/tips/*");
    await person.tap("Send");
    await request;
    await turn(person, "hidden");
    await answer();
    await person.page.locator("[data-screen=sent]:not([hidden])").waitFor({ state: "attached" });
    await turn(person, "visible");
    await person.tap("We hid the page since you were away. Tap to go on.");
    assert.equal(await person.page.evaluate(() => document.activeElement.textContent), "It was sent");
  });
});
