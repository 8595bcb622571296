// Pictures of every screen at the size of a small phone, in light and dark, for docs/screens. `make screens` runs it.

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
  for (const colorScheme of ["light", "dark"]) await walk(colorScheme);
} finally {
  await browser.close();
  await site.stop();
}

/** Fills the form in as someone would who writes about a friend, and takes a picture of each screen on the way. */
async function walk(colorScheme) {
  const person = await visit(browser, site.form, { colorScheme, reducedMotion: "reduce" });
  let number = 0;
  const picture = async (name) => {
    number += 1;
    await person.page.evaluate(() => document.activeElement?.blur());
    const height = await person.page.evaluate(() => document.documentElement.scrollHeight);
    const whole = await person.page.screenshot({ fullPage: true });
    if (height > 5_000) throw new Error(`${name} is ${height} pixels high`);
    await keep(join(out, `${String(number).padStart(2, "0")}-${name}-${colorScheme}.png`), whole);
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

/** Writes a picture with as few bytes as this machine's tools can. */
async function keep(path, png) {
  await writeFile(path, png);
  await run("pngquant", ["--force", "--skip-if-larger", "--strip", "--ext", ".png", "16", path]).catch(() => undefined);
}
