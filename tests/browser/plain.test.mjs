// Every screen as it stands there, with what the site and its lawyers put into it: plain enough for who has been to school for four years.
// `web/test/grade.test.mjs` says the same of the texts before they are put together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gradeOf } from "../../web/test/grade.mjs";
import { startBrowser, visit } from "./person.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { screens } from "./walk.mjs";

const MAX_FLESCH_KINCAID = 4;
const MAX_SMOG = 6;
const SCREENS = 32;
let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** Runs in the page: what it says, without what the person said and without the names of languages. */
function said() {
  const own = document.querySelectorAll("#answers dd:not(.change), .words, .languages");
  for (const part of own) part.style.display = "none";
  const text = document.getElementById("main").innerText;
  for (const part of own) part.style.display = "";
  return text;
}

test("no screen asks for more than four years of school", async (run) => {
  const { page } = await visit(browser, site.form);
  const hard = [];
  let count = 0;
  for await (const screen of screens(page)) {
    const { fleschKincaid, smog } = gradeOf(await page.evaluate(said));
    const grade = `${screen}: Flesch-Kincaid ${fleschKincaid.toFixed(2)}, SMOG ${smog.toFixed(2)}`;
    run.diagnostic(grade);
    if (!(fleschKincaid <= MAX_FLESCH_KINCAID && smog <= MAX_SMOG)) hard.push(grade);
    count += 1;
  }
  assert.deepEqual(hard, []);
  assert.equal(count, SCREENS);
  await page.context().close();
});
