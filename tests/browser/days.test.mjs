// How long replies stay is for the admins to say, in the keyring; who comes back reads what they said last.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startBrowser, visit } from "./person.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const STORY = "how long will it stay";
let site;
let browser;

stage(async (keep) => {
  site = await keep(startSite());
  browser = await keep(startBrowser());
});

/** Reads what lies under a code, on a page that was opened just now. */
async function comeBack(words) {
  const person = await visit(browser, site.form);
  await person.tap("I have a code");
  await person.paste(words);
  await person.tap("See if you wrote to me");
  await person.sees("We wrote this on");
  const line = await person.page.locator("#replies > p:not([hidden])").textContent();
  await person.page.context().close();
  return line;
}

test("another number of days in the keyring is what the page says of replies from then on", async () => {
  const person = await visit(browser, site.form);
  await person.skipTo("What is going on?");
  await person.type(STORY);
  await person.skipTo("Who may read this?");
  await person.pick("The help line.");
  await person.skipTo("Can we write back?");
  await person.pick("Yes, here.");
  await person.skipTo("Check what you wrote");
  await person.tap("Send");
  await person.sees("Learn it, or write it down");
  const words = (await person.page.locator(".words li").allTextContents()).join(" ");
  const tip = (await site.inbox(HELP_LINE)).find(({ story }) => story === STORY);
  await site.desk(HELP_LINE, "reply", tip.id, "-m", "We are here.", "--yes");

  assert.match(await comeBack(words), /It is wiped 90 days after you last came to look[.]$/);
  await site.publish((draft) => (draft.staff.retention.mailbox = 30));
  assert.match(await comeBack(words), /It is wiped 30 days after you last came to look[.]$/);
});
