// What the page costs a phone on a bad line: counted where it crosses the line, in each browser and every language.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startChromium } from "./chromium.mjs";
import { startFirefox } from "./firefox.mjs";
import { startRelay } from "./relay.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

/** Firefox asks for brotli over TLS alone, which there is none of between two ends of a test. */
const BROTLI = { "network.http.accept-encoding": "gzip, deflate, br" };
const MAX_BYTES = 50 * 1024;
let site;
let line;

stage(async (keep) => {
  site = await keep(startSite());
  line = await keep(startRelay(site.form));
});

/** The tags of all languages that the site shows. */
async function languages() {
  const page = await (await fetch(site.form)).text();
  return [...page.matchAll(/hreflang="([^"]+)"/g)].map(([, tag]) => tag);
}

for (const start of [startChromium, startFirefox]) {
  test(`in ${start.name.slice(5)} the page of each language is two requests and at most 50 KB, heads and all`, async (t) => {
    const browser = await start({ prefs: BROTLI });
    try {
      const tags = ["en", ...(await languages())];
      assert.ok(tags.length >= 10, String(tags));
      const before = line.requests().length;
      for (const tag of tags) {
        const tab = await browser.newTab();
        const received = line.received();
        await tab.open(new URL(tag, line.url).href);
        await tab.sees("#start-actions");
        const bytes = line.received() - received;
        t.diagnostic(`${tag}: ${bytes} bytes`);
        assert.ok(bytes > 0 && bytes <= MAX_BYTES, `${tag}: ${bytes} bytes`);
      }
      const expected = tags.flatMap((tag) => [`GET /${tag} HTTP/1.1`, "GET /knothole.js HTTP/1.1"]);
      assert.deepEqual(line.requests().slice(before), expected);
    } finally {
      await browser.close();
    }
  });
}
