// Tor Browser at its level "Safer": no WebAssembly, no compiler for scripts, coarse clocks. The page seals and sends all the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SAFER, startFirefox } from "./firefox.mjs";
import { HELP_LINE, STATE_POLICE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;
let firefox;

stage(async (keep) => {
  site = await keep(startSite());
  firefox = await keep(startFirefox({ prefs: SAFER }));
});

const storiesOf = async (agency) => (await site.inbox(agency)).map((tip) => tip.story);

test("a plain tip is sealed and sent without WebAssembly or a compiler", async () => {
  const tab = await firefox.newTab();
  await tab.open(site.form);
  assert.equal(await tab.run(() => typeof WebAssembly), "undefined");
  await tab.tap("#start-actions [data-to=fast]");
  await tab.tap("#fast");
  await tab.type("from behind three hops");
  await tab.tap("[data-send=fast]");
  await tab.sees("[data-screen=sent]");
  assert.deepEqual(await storiesOf(HELP_LINE), ["from behind three hops"]);
  assert.deepEqual(await storiesOf(STATE_POLICE), []);
});
