// What a small phone shows of every screen, in light, and of some in dark and in other languages, for docs/screens. `make screens` runs it.

import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";

const run = promisify(execFile);
const out = process.argv[2] ?? join(import.meta.dirname, "../../docs/screens");

const site = await startSite();
const browser = await startBrowser();
try {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await walk("light");
  await walk("dark", /^(start|danger|story|readers|check)$/);
  for (const language of ["ar", "zh-Hans", "ko"]) await look(language);
} finally {
  await browser.close();
  await site.stop();
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
  await person.pick("Yes, in a way");
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

/** The first screen and some others in a language, passed through by what the buttons do and not by what they say. */
async function look(language) {
  const { page } = await visit(browser, new URL(language, site.form).href, { reducedMotion: "reduce" });
  await keep(page, `${language}-start`);
  await page.locator("[data-to=before]").first().dispatchEvent("click");
  for (const screen of ["danger", "signs", "suspects"]) {
    while (!(await page.locator(`[data-screen=${screen}]`).isVisible())) {
      await page.locator("[data-to=next]").filter({ visible: true }).dispatchEvent("click");
    }
    await keep(page, `${language}-${screen}`);
  }
  await page.context().close();
}

/** Keeps a picture of the top of the screen, with no finger on it, with as few bytes as a palette of 16 colours takes. */
async function keep(page, name) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    scrollTo(0, 0);
    // This browser has keys to press, as no phone does.
    for (const line of document.querySelectorAll(".keyboard")) line.style.display = "none";
  });
  await page.waitForFunction(() => document.querySelector(":active") === null);
  const path = join(out, `${name}.png`);
  await writeFile(path, await page.screenshot());
  await run("pngquant", ["--force", "--strip", "--ext", ".png", "16", path]);
}
