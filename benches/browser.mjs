// How long a page takes in browsers as sources have them; `benches/speed/browser.rs` runs it and prints what it says, one line of JSON a row.
// Beside each figure stands what the same browser takes, in turn with it, for the least that could do the same.

import { once } from "node:events";
import { createServer } from "node:http";
import { SAFER, startFirefox } from "../tests/browser/firefox.mjs";
import { startBrowser, visit } from "../tests/browser/person.mjs";

const form = process.argv[2];
const ROUNDS = 5;
/** Of what takes less time than the machine may lose to others. */
const MANY_ROUNDS = 20;
/** 400 kbit/s and 400 ms, as the developer tools of Chromium have "slow 3G". */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWER = 6;
/** Of PBKDF2, as the server asks for them, and of how many keys one begins as it wants. */
const ROUNDS_OF_A_KEY = 4_000;
const KEYS = 256;
/** The least page that can be used and covered: a line of text, and a link that covers it and does nothing else. */
const BARE = `<!DOCTYPE html><title>Bare</title><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<a id="leave" href="#">Leave</a><p id="start-actions">A line.</p><div id="cover" style="position:fixed;inset:0;background:Canvas" hidden></div>
<script>
leave.onclick = (event) => { event.preventDefault(); cover.hidden = false; };
</script>`;

/** Serves the bare page, and says nothing to whoever flees to `/silence`, so that the page stays for as long as it is watched. */
const beside = createServer((request, response) => {
  if (request.url !== "/silence") response.setHeader("Content-Type", "text/html").end(BARE);
}).listen(0, "127.0.0.1");
await once(beside, "listening");
const bare = `http://127.0.0.1:${beside.address().port}/`;

const browser = await startBrowser();
try {
  await (await visit(browser, form)).page.context().close(); // fonts and programs come from the disk once
  await row({
    what: `page usable, slow 3G, CPU ${SLOWER} times slower (Chromium)`,
    target: "≤ 2,500 ms; Hush Line 7,100, GlobaLeaks 22,600",
    measure: () => loadSlowly(form),
    least: ["a page of one line", () => loadSlowly(bare)],
  });
  await row({
    what: `cover painted after Leave now, CPU ${SLOWER} times slower (Chromium)`,
    target: "≤ 100 ms",
    rounds: MANY_ROUNDS,
    measure: () => leave(form),
    least: ["a page that is covered and not left", () => leave(bare)],
  });
  await row({
    what: `work for a place under pressure, CPU ${SLOWER} times slower (Chromium)`,
    target: "≤ 10,000 ms",
    measure: () => workSlowly(ROUNDS_OF_A_KEY),
    least: ["as many keys of one round", () => workSlowly(1)],
  });
} finally {
  await browser.close();
  beside.closeAllConnections();
  beside.close();
}
const safer = await startFirefox({ prefs: { ...SAFER, "privacy.resistFingerprinting": false } });
const usual = await startFirefox();
try {
  await row({
    what: 'tip sealed after Send, Tor Browser "Safer" (Firefox ESR with its settings)',
    target: "< 2,000 ms",
    measure: () => seal(safer),
    least: ["the same Firefox with its own settings", () => seal(usual)],
  });
  await row({
    what: 'work for a place under pressure, Tor Browser "Safer" (Firefox ESR with its settings)',
    target: "≤ 10,000 ms",
    measure: () => workIn(safer),
    least: ["the same Firefox with its own settings", () => workIn(usual)],
  });
} finally {
  await safer.close();
  await usual.close();
}

/** Measures the two in turn, so that whatever else the machine does is done to both. */
async function row({ what, target, rounds = ROUNDS, measure, least: [name, measureLeast] }) {
  const [times, least] = [[], []];
  for (let round = 0; round < rounds; round++) {
    least.push(await measureLeast());
    times.push(await measure());
  }
  const inOrder = (all) => all.map((ms) => Math.round(ms)).sort((a, b) => a - b);
  const at = (part, all) => inOrder(all)[Math.min(Math.floor(all.length * part), all.length - 1)];
  const median = (all) => at(0.5, all);
  const ratio = (median(times) / median(least)).toFixed(1);
  const most = (all) => `95 of 100 within ${at(0.95, all)} ms`;
  const detail = `median of ${inOrder(times).join(", ")} ms, ${most(times)}; ${name}: ${median(least)} ms, ${most(least)}, ratio ${ratio}`;
  console.log(JSON.stringify({ what, result: `${median(times)} ms`, target, detail }));
}

/** From the first byte asked for until what one begins with can be tapped. */
async function loadSlowly(address) {
  const prepare = async (page) => {
    await page.addInitScript(() => {
      const look = () => {
        if (document.getElementById("start-actions")?.hidden !== false) return;
        observer.disconnect();
        globalThis.usableAt ??= performance.now();
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
    });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", SLOW_3G);
    await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  };
  const { page } = await visit(browser, address, { prepare });
  const time = await (await page.waitForFunction(() => globalThis.usableAt)).jsonValue();
  await page.context().close();
  return time;
}

/** From the tap until the frame with the cover has been shown, as the browser itself times it. */
async function leave(address) {
  const person = await visit(browser, address);
  const { page } = person;
  if (address === form) {
    await person.skipTo("What is going on?");
    await person.paste("a few hundred words ".repeat(100));
  }
  await page.locator("#leave").evaluate((link, url) => (link.href = url), `${bare}silence`);
  await page.evaluate(() => {
    globalThis.covered = new Promise((resolve) => {
      const observer = new PerformanceObserver((list) => {
        const tap = list.getEntriesByName("click").find(({ target }) => target?.id === "leave");
        if (tap !== undefined) resolve(document.getElementById("cover").hidden ? Infinity : tap.duration);
      });
      observer.observe({ type: "event", durationThreshold: 16 });
    });
  });
  const { x, y, width, height } = await page.locator("#leave").boundingBox();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const covered = page.evaluate(() => globalThis.covered);
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  const time = await covered;
  await page.context().close();
  return time;
}

/** From the tap on Send until the sealed tip is on the line, for someone who typed so fast that no decoy was ready. */
async function seal(firefox) {
  const tab = await firefox.newTab();
  await tab.open(form);
  await tab.tap("#start-actions [data-to=fast]");
  await tab.tap("#fast");
  await tab.type("Room 12");
  await tab.run(() => {
    const really = globalThis.fetch;
    globalThis.fetch = (...request) => {
      globalThis.sealedAt ??= performance.now();
      return really(...request);
    };
    addEventListener("click", () => (globalThis.tappedAt ??= performance.now()), { capture: true });
  });
  await tab.tap("[data-send=fast]");
  await tab.sees("[data-screen=sent]");
  return tab.run(() => globalThis.sealedAt - globalThis.tappedAt);
}

/** Derives as many keys as work takes on the average. The browser's threads for this are not slowed with the page. */
async function deriveKeys(keys, iterations) {
  const password = new Uint8Array(20);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(16), iterations };
  const start = performance.now();
  for (let counter = 0; counter < keys; counter++) {
    new DataView(password.buffer).setUint32(16, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    await crypto.subtle.deriveBits(how, key, 256);
  }
  return performance.now() - start;
}

async function workSlowly(iterations) {
  const { page } = await visit(browser, form);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const time = await page.evaluate(`(${deriveKeys})(${KEYS}, ${iterations})`);
  await page.context().close();
  return time;
}

async function workIn(firefox) {
  const tab = await firefox.newTab();
  await tab.open(form);
  return tab.run(deriveKeys, KEYS, ROUNDS_OF_A_KEY);
}
