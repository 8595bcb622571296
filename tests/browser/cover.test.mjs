// What `desk` says on the line when it sends a tip as a source does, beside what a browser says there: the same, in the same order.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SAFER, startFirefox } from "./firefox.mjs";
import { startRelay } from "./relay.mjs";
import { HELP_LINE, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

let site;

stage(async (keep) => {
  site = await keep(startSite());
});

/** The heads of all requests: their first line, then names and values. */
function heads(line) {
  const { host, origin } = new URL(line.url);
  const text = line.sent().toString("latin1");
  return [...text.matchAll(/(?:GET|PUT|POST) \S+ HTTP\/1\.1\r\n[^]*?\r\n\r\n/g)].map(([head]) =>
    head
      .replaceAll(origin, "ORIGIN")
      .replaceAll(host, "HOST")
      .replace(/\/tips\/\S+/, "/tips/ID")
      .replace(/^(Content-Length: )\d+/im, "$1N")
      .replace(/\((?:X11; Linux x86_64|Windows NT 10\.0); rv:\d+\.\d+\) Gecko\/20100101 Firefox\/\d+\.\d+/, "MACHINE")
      .trim()
      .split("\r\n")
      // What `desk` sends with can write a name in no other way than `Sec-Gpc`.
      .map((field) => field.replace(/^Sec-Gpc:/, "Sec-GPC:")),
  );
}

test("a canary says on the line what a private window of Firefox says with a source's tip, in its order", async () => {
  const [theirs, ours] = await Promise.all([startRelay(site.form), startRelay(site.form)]);
  const firefox = await startFirefox({ prefs: SAFER });
  try {
    const tab = await firefox.newTab();
    await tab.open(theirs.url);
    await tab.tap("#start-actions [data-to=fast]");
    await tab.tap("#fast");
    await tab.type("Room 12");
    await tab.tap("[data-send=fast]");
    await tab.sees("[data-screen=sent]");
  } finally {
    await firefox.close();
  }
  await site.desk(HELP_LINE, "canary", "--form", ours.url, "--now");
  assert.equal(heads(theirs).length, 4);
  assert.deepEqual(heads(ours), heads(theirs));
  await Promise.all([theirs, ours].map((line) => line.stop()));
});
