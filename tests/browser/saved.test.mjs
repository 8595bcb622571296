// Without a line or without scripts: a page kept on a disk locks words into a file, and a plain form takes that file and no words.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { startFirefox } from "./firefox.mjs";
import { spellings, startBrowser, visit } from "./person.mjs";
import { startRelay } from "./relay.mjs";
import { HELP_LINE, STATE_POLICE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

let site;
let line;
let browser;
let dir;

stage(async (keep) => {
  site = await keep(startSite());
  line = await keep(startRelay(site.form));
  browser = await keep(startBrowser());
  ({ dir } = await keep(newFolder()));
});

/** A folder for what the browser saves. */
async function newFolder() {
  const dir = await mkdtemp(join(tmpdir(), "knothole-saved-"));
  return { dir, stop: () => rm(dir, { recursive: true, force: true }) };
}

const tipsWith = async (words, agency = HELP_LINE) => (await site.inbox(agency)).filter((tip) => tip.story === words);

/** What a tap makes the browser keep: the name it proposes, and where the test has it now. */
async function keep(person, tap) {
  const [download] = await Promise.all([person.page.waitForEvent("download"), tap()]);
  const path = join(dir, `${Math.random()}-${download.suggestedFilename()}`);
  await download.saveAs(path);
  return { name: download.suggestedFilename(), path };
}

/** Someone who has opened the saved page from their disk, with no line. */
async function openSaved() {
  const person = await visit(browser, site.form);
  await openOtherWays(person);
  const { name, path } = await keep(person, () => person.page.getByRole("link", { name: "Save this page" }).tap());
  assert.equal(name, "form.html");
  return visit(browser, pathToFileURL(path).href, { offline: true });
}

const openOtherWays = (person) => person.page.locator(".other summary").tap();
const lock = (person) => keep(person, () => person.tap("Lock it in a file"));

/** Sends a file by the plain form of a page that was opened without scripts. */
async function sendFile(file, address = site.form, options = { javaScriptEnabled: false }) {
  const person = await visit(browser, address, options);
  await openOtherWays(person);
  await person.page.locator("#tip").setInputFiles(file);
  await person.page.locator("#upload button").tap();
  return person;
}

test("words locked with no line in a saved page reach the desk that was picked, and no request holds them", async () => {
  const words = "the cellar of the blue mill";
  const saved = await openSaved();
  await saved.fillIn(words, "The help line.");
  await saved.sees("It has not been sent yet.");
  const { name, path } = await lock(saved);
  assert.equal(name, "form.tar");
  await saved.sees("Your file is ready");
  assert.deepEqual([saved.complaints, saved.requests.filter((request) => !/^(file|blob|data):/.test(request.url()))], [[], []]);
  await (await sendFile(path, line.url)).sees("It was sent");
  assert.equal((await tipsWith(words)).length, 1);
  assert.equal((await tipsWith(words, STATE_POLICE)).length, 0);
  const sent = line.sent();
  assert.ok(sent.includes(await readFile(path)));
  for (const spelling of spellings(words)) assert.ok(!sent.includes(spelling), String(spelling));
});

test("the same file sent twice is one tip, and is said to be sent both times", async () => {
  const words = "sent by two friends";
  const saved = await openSaved();
  await saved.tap("I only have a minute");
  await saved.type(words);
  const { path } = await lock(saved);
  for (let times = 0; times < 2; times++) await (await sendFile(path)).sees("It was sent");
  assert.equal((await tipsWith(words)).length, 1);
});

test("the file can be asked for again, also after going back, and is another one once the words are", async () => {
  const saved = await openSaved();
  await saved.tap("I only have a minute");
  await saved.type("first");
  const bytes = async (tap) => readFile((await keep(saved, () => saved.tap(tap))).path);
  const first = await bytes("Lock it in a file");
  assert.deepEqual(await bytes("Save the file again"), first);
  await saved.tap("Back");
  assert.equal(await saved.typed(), "first");
  assert.deepEqual(await bytes("Lock it in a file"), first);
  await saved.tap("Back");
  await saved.type(" and second");
  assert.notDeepEqual(await bytes("Lock it in a file"), first);
});

test("leaving the saved page wipes it", async () => {
  const saved = await openSaved();
  await saved.page.locator("#leave").evaluate((link) => (link.href = "about:blank"));
  await saved.tap("I only have a minute");
  await saved.type("for nobody else");
  await lock(saved);
  await saved.tap("Leave this page");
  await saved.page.waitForURL("about:blank");
  await saved.page.goBack({ waitUntil: "commit" }).catch(() => null);
  assert.ok(!(await saved.page.content()).includes("for nobody else"));
});

test("Firefox locks words into a file from its disk, too", async () => {
  const downloads = await mkdtemp(join(dir, "firefox-"));
  const prefs = { "browser.download.folderList": 2, "browser.download.dir": downloads, "browser.download.alwaysOpenPanel": false };
  const firefox = await startFirefox({ prefs });
  try {
    const tab = await firefox.newTab();
    await tab.open(site.form);
    await tab.tap(".other summary");
    await tab.tap(".other a[download]");
    const page = join(downloads, "form.html");
    await until(async () => (await readFile(page, "utf8")).includes("</html>"));
    await tab.open(pathToFileURL(page).href);
    await tab.tap("#start-actions [data-to=fast]");
    await tab.tap("#fast");
    await tab.type("from a fox");
    await tab.tap("[data-send=fast]");
    await tab.sees("[data-screen=saved]");
    const path = join(downloads, "form.tar");
    await until(async () => (await readFile(path)).length > 10_000);
    await (await sendFile(path)).sees("It was sent");
    assert.equal((await tipsWith("from a fox")).length, 1);
  } finally {
    await firefox.close();
  }
});

test("without scripts the numbers to call come before the form for a file, and there is no other field", async () => {
  const { page } = await visit(browser, site.form, { javaScriptEnabled: false });
  const text = await page.locator("main").innerText();
  assert.ok(text.indexOf("1-888-373-7888") < text.indexOf("No signal? Or a file to send?"), text);
  const fields = await page.locator("input, textarea, select, [contenteditable]").evaluateAll((all) => all.map((field) => field.type));
  assert.deepEqual(fields, ["file"]);
});

test("a page in another language answers a file in that language", async () => {
  const refused = join(dir, "refused.tar");
  await writeFile(refused, "not a tip");
  const person = await sendFile(refused, new URL("ar", site.form).href);
  await person.sees("هناك مشكلة");
  assert.match(await person.page.locator("main").innerText(), /911[^]*1-888-373-7888/);
  assert.equal(await person.page.locator("html").getAttribute("dir"), "rtl");
});

const WRONG = "It was not sent. This is not a locked file from our page, or a part of it is gone.";

for (const [what, name, bytes] of [
  ["an empty file", "empty.tar", 0],
  ["a photo", "photo.jpg", 3_000_000],
  ["a film", "film.mp4", 24_000_000],
]) {
  test(`without scripts ${what} is answered with what to do next, and with the form again`, async () => {
    const path = join(dir, name);
    await writeFile(path, Buffer.alloc(bytes, 7));
    const person = await sendFile(path);
    await person.sees(WRONG);
    assert.equal(await person.page.locator("#tip").isVisible(), true);
    assert.match(await person.page.locator("main").innerText(), /911[^]*1-888-373-7888/);
  });
}

test("Firefox, too, shows the answer to a film that was sent by mistake", async () => {
  const firefox = await startFirefox();
  try {
    const tab = await firefox.newTab();
    await tab.open(site.form);
    await tab.tap(".other summary");
    // As without scripts: no look into the file before it goes.
    await tab.run(() => {
      const film = new DataTransfer();
      film.items.add(new File([new Uint8Array(24_000_000)], "film.mp4"));
      document.getElementById("tip").files = film.files;
      document.getElementById("upload").submit();
    });
    await tab.arrive(new URL("en/sealed", site.form).href);
    await until(async () => (await tab.run(() => document.body.innerText)).includes(WRONG));
  } finally {
    await firefox.close();
  }
});

test("a file that lost its end on the way is known, and the whole one is taken after it", async () => {
  const words = "the second half was missing";
  const saved = await openSaved();
  await saved.tap("I only have a minute");
  await saved.type(words);
  const { path } = await lock(saved);
  const part = join(dir, "part.tar");
  await writeFile(part, (await readFile(path)).subarray(0, 9_000));
  const person = await sendFile(part);
  await person.sees(WRONG);
  await person.page.locator("#tip").setInputFiles(path);
  await person.page.locator("#upload button").tap();
  await person.sees("It was sent");
  assert.equal((await tipsWith(words)).length, 1);
});

test("with scripts a file that is no locked tip is not sent at all", async () => {
  const photo = join(dir, "photo.tar");
  await writeFile(photo, "a photo of the house");
  const person = await sendFile(photo, site.form, {});
  await person.sees("This is not a locked file from our page. It was not sent.");
  assert.ok(person.requests.every((request) => request.method() === "GET"));
});

test("with scripts the name that somebody gave a file is not sent", async () => {
  const saved = await openSaved();
  await saved.tap("I only have a minute");
  await saved.type("renamed");
  const { path } = await lock(saved);
  const name = "vermilion lanterns.tar";
  const person = await sendFile({ name, mimeType: "application/x-tar", buffer: await readFile(path) }, line.url, {});
  await person.sees("It was sent");
  assert.ok(!line.sent().includes("vermilion"));
  assert.ok(line.sent().includes('filename="form.tar"'));
});

test("the form for words cannot be sent by the browser itself, whatever it knows of methods", async () => {
  const person = await visit(browser, site.form);
  await person.tap("I only have a minute");
  await person.type("never on the line");
  const before = person.requests.length;
  for (const method of ["dialog", "get", "post"]) {
    await person.page.evaluate((method) => {
      const form = document.getElementById("form");
      form.method = method;
      form.submit();
    }, method);
  }
  await person.page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  assert.equal(person.requests.length, before);
  assert.equal(await person.typed(), "never on the line");
  assert.equal(person.page.url(), site.form);
});

test("once something was typed no file is offered, since sending it would wipe the words", async () => {
  const person = await visit(browser, site.form);
  await person.tap("I only have a minute");
  await person.type("words");
  await person.tap("Back");
  assert.equal(await person.page.locator(".other").isVisible(), false);
});
