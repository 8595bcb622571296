// What a small phone shows of every screen, in light, and of some in dark and in other languages, for docs/screens. `make screens` runs it.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { page as web } from "../../web/test/page.mjs";
import { startBrowser, visit } from "./person.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { ONE_PIXEL } from "./walk.mjs";

const run = promisify(execFile);
const out = process.argv[2] ?? join(import.meta.dirname, "../../docs/screens");

const STORY = "My friend Ana works in a house and they do not let her out.";
const site = await startSite();
const voice = await mkdtemp(join(tmpdir(), "knothole-screens-"));
const browser = await startBrowser({ flags: await hummingInto(voice) });
try {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await walk("light");
  await walk("dark", /^(start|danger|story|readers|check)$/);
  await comeBack(await takeCode());
  await lookAround();
  const { page } = await visit(browser, site.form);
  const languages = await page.locator(".languages nav > a").evaluateAll((all) => all.map((one) => one.lang));
  await page.context().close();
  for (const language of languages) await look(language);
} finally {
  await browser.close();
  await site.stop();
  await rm(voice, { recursive: true });
}

/** Flags with which somebody hums into the microphone: what is silent is no voice to the page. The hum is kept in `dir`. */
async function hummingInto(dir) {
  const hum = Float32Array.from({ length: 10 * web.RATE }, (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / web.RATE));
  await writeFile(join(dir, "hum.wav"), web.wavOf(hum));
  return ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-audio-capture=${join(dir, "hum.wav")}`];
}

/** Fills the form in as someone would who writes about a friend, and takes a picture of each screen on the way. */
async function walk(colorScheme, kept = /./) {
  const person = await visit(browser, site.form, { colorScheme, reducedMotion: "reduce" });
  let number = 0;
  const picture = async (name) => {
    number += 1;
    if (!kept.test(name)) return;
    await keep(person.page, `${String(number).padStart(2, "0")}-${name}${colorScheme === "dark" ? "-dark" : ""}`);
  };
  const next = () => person.page.locator("[data-to=next]").filter({ visible: true }).dispatchEvent("click");
  await picture("start");
  await person.tap("I only have a minute");
  await picture("fast");
  await person.tap("Back");
  await person.tap("I am scared of what may happen to me");
  await picture("scared");
  await person.tap("Start");
  await picture("before");
  await next();
  await picture("minors");
  await next();
  await person.pick("Yes, in the next day or so");
  await picture("danger");
  await next();
  await person.pick("Someone I know");
  await person.pick("Yes");
  await picture("about");
  await next();
  await person.type("My friend Ana works in a house and they do not let her out. She is 16. She wants to go home.");
  await picture("story");
  await next();
  await person.pick("Someone keeps their ID");
  await person.pick("They cannot come and go");
  await picture("signs");
  await next();
  await person.box("Where is this?").fill("Green house at the end of Mill Road");
  await person.box("When are they there?").fill("All day. They may move her on Sunday.");
  await picture("place");
  await next();
  await person.box("Who is doing this?").fill("They call him Ray. White van.");
  await picture("suspects");
  await next();
  await person.pick("The person told me");
  await person.box("Can you tell us one thing").fill("The van is there each Friday night");
  await picture("basis");
  await next();
  await next();
  await picture("readers-problem");
  await person.pick("The help line.");
  await person.pick("Child welfare.");
  await person.pick("State police$");
  await person.box("Is it one person?").fill("Ray says his brother is a cop");
  await picture("readers");
  await next();
  await person.pick("All of it");
  await picture("share");
  await next();
  await person.pick("Yes, some other way.");
  await person.box("What is a safe way").fill("Text the phone of my aunt, 555 0199");
  await person.box("What days and times").fill("After 6 pm");
  await person.pick("No$");
  await person.box("What should we say").fill("That it is about a job");
  await picture("contact");
  await next();
  await picture("check");
  await person.page.route("**/tips/*", (route) => route.fulfill({ status: 412 }));
  await person.tap("Send");
  await person.sees("This page is too old");
  await picture("check-problem");
  await person.page.unroute("**/tips/*");
  await person.tap("Send again");
  await person.sees("It was sent");
  await picture("sent");
  await person.page.context().close();
}

/** Takes a code with a tip, for which a desk then writes back; gives the words. */
async function takeCode() {
  const person = await visit(browser, site.form, { colorScheme: "light", reducedMotion: "reduce" });
  await person.skipTo("What is going on?");
  await person.type(STORY);
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Can we write back?");
  await person.pick("Yes, here.");
  await keep(person.page, "40-contact-code");
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("Learn it, or write it down");
  await keep(person.page, "41-sent-code");
  const words = await person.page.locator(".words li").allTextContents();
  await person.tap("Type my code once, to learn it");
  await person.paste(words.slice(0, 5).join(" "));
  await person.tap("Check my words");
  await keep(person.page, "42-practice");
  await addFiles(person);
  await person.page.context().close();
  const tip = (await site.inbox(HELP_LINE)).find(({ story }) => story === STORY);
  await site.desk(HELP_LINE, "show", tip.id);
  await site.desk(HELP_LINE, "reply", tip.id, "-m", "Thank you for this. Is Ana there at night, too?", "--yes");
  return words;
}

/** Picks, and speaks: a photo from which the hidden note can be taken, one of which nobody knows, and a voice. */
async function addFiles(person) {
  await person.tap("Back");
  await person.tap("Add photos or files");
  await keep(person.page, "48-files");
  await person.page.setInputFiles("#files", [
    { name: "a.png", mimeType: "image/png", buffer: Buffer.from(ONE_PIXEL, "base64") },
    { name: "b.heic", mimeType: "image/heic", buffer: Buffer.from("\0\0\0\x18ftypheic") },
  ]);
  await person.sees("Photo 2");
  await keep(person.page, "49-files-picked", { fromBottom: true });
  await person.tap("Back");
  await person.tap("Record your voice");
  await keep(person.page, "50-voice");
  await person.tap("Start");
  await person.sees("It is on.");
  await keep(person.page, "51-voice-on");
  await person.tap("Stop");
  await person.sees("Voice 3");
  await keep(person.page, "52-voice-spoken", { fromBottom: true });
}

/** Comes back with a code, first with a slip of the finger, and adds to what was sent. */
async function comeBack(words) {
  const person = await visit(browser, site.form, { colorScheme: "light", reducedMotion: "reduce" });
  await person.tap("I have a code");
  await person.paste([...words.slice(0, 7), `${words[7]}x`].join(" "));
  await person.tap("See if you wrote to me");
  await person.sees("Word 8");
  await keep(person.page, "43-code");
  await person.paste(words.join(" "));
  await person.tap("See if you wrote to me");
  await person.sees("We wrote this on");
  await keep(person.page, "44-box");
  await person.tap("Wipe what you wrote to me");
  await keep(person.page, "45-wipe");
  await person.page.route("**/mailbox", (route) => route.abort());
  await person.tap("Yes, wipe it");
  await person.sees("We do not know if it was wiped.");
  await keep(person.page, "53-wipe-lost");
  await person.page.unroute("**/mailbox");
  await person.tap("Back");
  await person.tap("Tell us more, or change what you want");
  await keep(person.page, "46-add");
  await person.tap("Next");
  await keep(person.page, "47-readers-again");
  await person.page.context().close();
}

/** What is beside the way: the choice of languages, the ways without a line, a hidden page, the end of the fast lane. */
async function lookAround() {
  const person = await visit(browser, site.form, { colorScheme: "light", reducedMotion: "reduce" });
  const { page } = person;
  await page.locator(".languages summary").tap();
  await keep(page, "20-languages");
  await page.locator(".languages summary").tap();
  await page.locator(".other summary").tap();
  await keep(page, "21-no-signal", { fromBottom: true });
  await page.locator(".other summary").tap();
  await person.tap("I only have a minute");
  await person.type("Bus station now, two girls");
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  await keep(page, "22-away");
  await page.locator("#away").tap();
  await person.tap("Send it now");
  await person.sees("It was sent");
  await keep(page, "23-fast-sent");
  await page.context().close();
  const plain = await visit(browser, site.form, { colorScheme: "light", javaScriptEnabled: false });
  await keep(plain.page, "24-no-scripts", { fromBottom: true });
  await plain.page.context().close();
}

/** The first screen and another long one in a language, passed through by what the buttons do and not by what they say. */
async function look(language) {
  const { page } = await visit(browser, new URL(language, site.form).href, { reducedMotion: "reduce" });
  await keep(page, `${language}-start`);
  await page.locator("[data-to=before]").first().dispatchEvent("click");
  for (const screen of language === "ar" ? ["before", "danger", "about", "signs", "place", "readers"] : ["readers"]) {
    while (!(await page.locator(`[data-screen=${screen}]`).isVisible())) {
      await page.locator("[data-to=next]").filter({ visible: true }).dispatchEvent("click");
    }
    await keep(page, `${language}-${screen}`);
  }
  await page.context().close();
}

/** Keeps a picture of the top or bottom of the screen, with no finger on it, with as few bytes as a palette of 16 colours takes. */
async function keep(page, name, { fromBottom = false } = {}) {
  await page.evaluate((isBelow) => {
    document.activeElement?.blur();
    scrollTo(0, isBelow ? document.body.scrollHeight : 0);
    // This browser has keys to press, as no phone does.
    for (const line of document.querySelectorAll(".keyboard")) line.style.display = "none";
  }, fromBottom);
  await page.waitForFunction(() => document.querySelector(":active") === null);
  const path = join(out, `${name}.png`);
  await writeFile(path, await page.screenshot());
  await run("pngquant", ["--force", "--strip", "--ext", ".png", "16", path]);
}
