// Without a finger on the glass, and without eyes: every control is reached by the Tab key, in the order in which it is read, with the
// focus in sight, and a screen reader hears the way out first, then what the screen is, then the rest, each with a name.

import assert from "node:assert/strict";
import { test } from "node:test";
import { languagesOf, showIn } from "./axe.mjs";
import { startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { screens } from "./walk.mjs";

const PHONE = { viewport: { width: 320, height: 640 } };
const SPOKEN = ["link", "heading", "button", "textbox", "checkbox", "radio", "DisclosureTriangle", "group", "alert"];
const TO_USE = ["link", "button", "textbox", "checkbox", "radio", "DisclosureTriangle"];
let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** Runs in the page: every stop that the Tab key should have, in the order of the document; one for each group of choices. */
function stops() {
  const found = [...document.querySelectorAll("a, button, summary, textarea, input, [tabindex='0']")].filter(
    (part) => part.checkVisibility() && !part.disabled,
  );
  const isStop = (part) => {
    if (part.type !== "radio") return true;
    const group = found.filter((other) => other.name === part.name);
    return part === (group.find((other) => other.checked) ?? group[0]);
  };
  return found.filter(isStop).map((part) => part.id || `${part.tagName} ${part.name || part.textContent || part.type} ${part.value ?? ""}`.trim());
}

/** Runs in the page: where the focus is, and what is wrong with how it shows. */
function focused() {
  const part = document.activeElement;
  const name = part.id || `${part.tagName} ${part.name || part.textContent || part.type} ${part.value ?? ""}`.trim();
  const shown = part.closest(".pick") ?? part;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const { left, top, bottom, width } = shown.getBoundingClientRect();
  const bar = document.getElementById("leave").getBoundingClientRect().bottom;
  const wrong = [];
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) wrong.push(`${name}: no outline`);
  if (part.id !== "leave" && (top < bar || top + Math.min(bottom - top, 44) > innerHeight)) wrong.push(`${name}: out of sight at ${top}`);
  const over = document.elementFromPoint(left + width / 2, Math.max(top, 0) + Math.min(bottom - top, 44) / 2);
  if (!shown.contains(over)) wrong.push(`${name}: something lies over it`);
  return { name, wrong };
}

for (const [language, text] of [["en", 1], ["en", 2], ["ar", 1]]) {
  test(`the Tab key reaches every control of every screen in its order and in sight: ${language}, text × ${text}`, async () => {
    const { page } = await visit(browser, new URL(language, site.form).href, PHONE);
    await showIn(page, { colorScheme: "light", text });
    for await (const screen of screens(page)) {
      const wanted = await page.evaluate(stops);
      const met = [];
      await page.evaluate(() => {
        // For a moment after a change of screens taps do nothing; a finger lies over what the focus is on only after that.
        for (const pause of document.getAnimations()) pause.finish();
        document.getElementById("leave").focus();
      });
      for (const _ of wanted) {
        const { name, wrong } = await page.evaluate(focused);
        assert.deepEqual(wrong, [], screen);
        met.push(name);
        await page.keyboard.press("Tab");
      }
      assert.deepEqual(met, wanted, screen);
    }
    await page.context().close();
  });
}

/** What a screen reader comes to, one after the other: what it is and its name. */
async function heard(session) {
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const walk = (node) => [...(node.ignored ? [] : [node]), ...(node.childIds ?? []).flatMap((id) => (byId.has(id) ? walk(byId.get(id)) : []))];
  return walk(nodes[0])
    .map(({ role, name, description, properties }) => ({
      role: role.value,
      name: (name?.value ?? "").trim(),
      description: description?.value ?? "",
      level: properties?.find((property) => property.name === "level")?.value.value,
    }))
    .filter(({ role }) => SPOKEN.includes(role));
}

test("a screen reader hears the way out first, then one heading before any field, and a name for all that can be used, in every language", async () => {
  for (const language of await languagesOf(browser, site.form)) {
    const { page } = await visit(browser, new URL(language, site.form).href, PHONE);
    const session = await page.context().newCDPSession(page);
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    for await (const screen of screens(page)) {
      const where = `${language}, ${screen}`;
      const all = await heard(session);
      const toUse = all.filter(({ role }) => TO_USE.includes(role));
      assert.equal(toUse[0].role, "link", where);
      assert.equal(toUse[0].name, await page.locator("#leave").textContent(), where);
      assert.deepEqual(toUse.filter(({ name }) => name === ""), [], where);
      assert.equal(all.filter(({ role, level }) => role === "heading" && level === 1).length, 1, where);
      const heading = all.findIndex(({ role, level }) => role === "heading" && level === 1);
      const field = all.findIndex(({ role }) => ["textbox", "checkbox", "radio"].includes(role));
      assert.ok(field === -1 || heading < field, where);
    }
    await page.context().close();
  }
});

/** What three screens say, from the top; the words after a name are its description. */
const SAID = {
  danger: [
    "link: Leave now",
    "button: Back",
    "group: Is someone in danger? (If it is right now, call 911 if you can. We may not read this for some hours.)",
    "heading: Is someone in danger?",
    "radio: Yes, right now",
    "radio: Yes, in the next day or so",
    "radio: Not right now",
    "radio: I am not sure",
    "button: Next",
  ],
  "fast, with a problem": [
    "link: Leave now",
    "alert: ",
    "heading: There is a problem",
    "button: Write a few words, so there is something to send.",
    "button: Back",
    "heading: I only have a minute",
    "textbox: I only have a minute (Write what we need to know. Where? Who? Is someone in danger now?)",
    "button: Send it now",
  ],
  sent: [
    "link: Leave now",
    "heading: It was sent",
    "heading: Your code",
    "button: Leave this page",
    "button: Type my code once, to learn it",
    "button: Record your voice",
    "button: Add photos or files",
  ],
};

test("a question, its hint, its choices and what is wrong are heard in the order in which they are meant", async () => {
  const { page } = await visit(browser, site.form, PHONE);
  const session = await page.context().newCDPSession(page);
  const said = {};
  for await (const screen of screens(page)) {
    if (!(screen in SAID)) continue;
    said[screen] = (await heard(session)).map(({ role, name, description }) => `${role}: ${name}${description && ` (${description})`}`);
  }
  assert.deepEqual(said, SAID);
  await page.context().close();
});

test("what is wrong is where the focus goes, leads to where it can be mended, and is marked there and in the title", async () => {
  const { page } = await visit(browser, site.form, PHONE);
  const focus = () => page.evaluate(() => document.activeElement.id || document.activeElement.name);
  const fixes = { "fast, with a problem": "fast", "readers, with a problem": "reader" };
  const met = [];
  for await (const screen of screens(page)) {
    if (!screen.endsWith("with a problem")) continue;
    assert.equal(await focus(), "problem", screen);
    assert.equal(await page.title(), "Error: Contact form", screen);
    if (!(screen in fixes)) continue;
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await focus(), fixes[screen]);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-invalid")), "true");
    met.push(screen);
  }
  assert.deepEqual(met, Object.keys(fixes));
  await page.context().close();
});

test("the choice of languages is named in the language of its page, is one line there, and leaves the number to call in sight", async () => {
  const names = new Set();
  for (const language of await languagesOf(browser, site.form)) {
    const { page } = await visit(browser, new URL(language, site.form).href);
    const name = await page.locator(".languages nav").getAttribute("aria-label");
    assert.equal((await page.locator(".languages summary .unseen").textContent()).trim(), `${name}:`, language);
    assert.equal(await page.locator(".languages [aria-current]").getAttribute("lang"), language);
    assert.equal(await page.locator("html").getAttribute("dir"), language === "ar" ? "rtl" : "ltr");
    const { height } = await page.locator(".languages").boundingBox();
    assert.ok(height >= 44 && height < 60, `${language}: ${height} pixels high`);
    const call = await page.locator("[data-screen=start] .danger").boundingBox();
    assert.ok(call.y + call.height < 640, `${language}: the number to call ends at ${call.y + call.height}`);
    names.add(name);
    await page.context().close();
  }
  assert.ok(names.size >= 10, [...names].join(", "));
});

test("nothing moves by itself, for those who asked for less motion and for all others", async () => {
  for (const reducedMotion of ["reduce", "no-preference"]) {
    const { page } = await visit(browser, site.form, { ...PHONE, reducedMotion });
    const moved = new Set();
    for await (const _ of screens(page)) {
      for (const property of await page.evaluate(moving)) moved.add(property);
    }
    assert.deepEqual([...moved], []);
    await page.context().close();
  }
});

/** Runs in the page: what changes over time, but for whether something takes a tap or is there at all. */
function moving() {
  const still = ["offset", "computedOffset", "easing", "composite", "pointerEvents", "visibility"];
  const changes = document.getAnimations().flatMap(({ effect }) => effect.getKeyframes().flatMap(Object.keys));
  const styles = [...document.querySelectorAll("*")].map((part) => getComputedStyle(part));
  return [
    ...changes.filter((property) => !still.includes(property)),
    ...styles.filter((style) => style.transitionDuration !== "0s").map(() => "transition"),
    ...styles.filter((style) => style.scrollBehavior !== "auto").map(() => "scroll"),
  ];
}
