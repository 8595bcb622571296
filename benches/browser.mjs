// How long a page takes in browsers as sources have them; `benches/speed/browser.rs` runs it and prints what it says, one line of JSON a row.

import { once } from "node:events";
import { createServer } from "node:net";
import { SAFER, startFirefox } from "../tests/browser/firefox.mjs";
import { startBrowser, visit } from "../tests/browser/person.mjs";

const form = process.argv[2];
const ROUNDS = 5;
/** 400 kbit/s and 400 ms, as the developer tools of Chromium have "slow 3G". */
const SLOW_3G = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWER = 6;

const row = (what, times, target) => {
  const sorted = times.map((ms) => Math.round(ms)).sort((a, b) => a - b);
  const result = `${sorted[Math.floor(sorted.length / 2)]} ms`;
  console.log(JSON.stringify({ what, result, target, detail: `median of ${sorted.join(", ")} ms` }));
};

const browser = await startBrowser();
/** Takes connections and says nothing, so that the page stays for as long as it is watched. */
const silence = createServer((socket) => socket.on("error", () => socket.destroy())).listen(0, "127.0.0.1");
await once(silence, "listening");
try {
  await (await visit(browser, form)).page.context().close(); // fonts and programs come from the disk once
  row(`page usable, slow 3G, CPU ${SLOWER} times slower (Chromium)`, await rounds(loadSlowly), "≤ 2,500 ms; Hush Line 7,100, GlobaLeaks 22,600");
  row(`cover painted after Leave now, CPU ${SLOWER} times slower (Chromium)`, await rounds(leave), "≤ 100 ms");
} finally {
  await browser.close();
  silence.close();
}
const firefox = await startFirefox({ prefs: { ...SAFER, "privacy.resistFingerprinting": false } });
try {
  row('tip sealed after Send, Tor Browser "Safer" (Firefox ESR with its settings)', await rounds(seal), "< 2,000 ms");
} finally {
  await firefox.close();
}

async function rounds(measure) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await measure());
  return times;
}

/** From the first byte asked for until Start can be tapped. */
async function loadSlowly() {
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
  const { page } = await visit(browser, form, { prepare });
  const time = await (await page.waitForFunction(() => globalThis.usableAt)).jsonValue();
  await page.context().close();
  return time;
}

/** From the tap until the frame with the cover has been shown, as the browser itself times it. */
async function leave() {
  const person = await visit(browser, form);
  const { page } = person;
  await person.skipTo("What is going on?");
  await person.paste("a few hundred words ".repeat(100));
  await page.locator("#leave").evaluate((link, url) => (link.href = url), `http://127.0.0.1:${silence.address().port}/`);
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
async function seal() {
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
