// Chromium as a person has it: a profile on the disk, one process that can be killed, and tabs that come back.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { FLAGS } from "./person.mjs";
import { LONGEST_MS, tabOf } from "./tab.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");

/**
 * As if the browser had been closed well and asked to open its tabs again: what a person says who taps "Restore" after a crash.
 * A new profile would count the next start as its first, and open nothing.
 */
async function askForTabs(dir) {
  const path = join(dir, "Default/Preferences");
  await mkdir(join(dir, "Default"), { recursive: true });
  const all = JSON.parse(await readFile(path, "utf8").catch(() => "{}"));
  const asked = { ...all, profile: { ...all.profile, exit_type: "Normal" }, session: { ...all.session, restore_on_startup: 1 } };
  await writeFile(path, JSON.stringify(asked));
}

/** The system's Chromium; `profile` is one that was left behind, whose tabs it opens again, `flags` are more of its own. */
export async function startChromium({ keepsPages = true, profile = null, flags = [] } = {}) {
  const dir = profile ?? (await mkdtemp(join(tmpdir(), "knothole-chromium-")));
  await askForTabs(dir);
  const args = ["--headless", ...FLAGS, ...flags, "--proxy-server=127.0.0.1:9", "--remote-debugging-port=0", `--user-data-dir=${dir}`];
  if (!keepsPages) args.push("--disable-features=BackForwardCache");
  if (profile !== null) args.push("--restore-last-session");
  const process_ = spawn(process.env.KNOTHOLE_CHROMIUM ?? "/usr/bin/chromium", args, {
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const browser = await chromium.connectOverCDP(await addressOf(process_), { timeout: LONGEST_MS });
  const [context] = browser.contexts();
  context.setDefaultTimeout(LONGEST_MS);
  const end = async (signal) => {
    if (process_.exitCode !== null || process_.signalCode !== null) return;
    const gone = once(process_, "exit");
    process.kill(-process_.pid, signal);
    await gone;
  };
  return {
    name: "Chromium",
    /** Where it keeps everything. */
    profile: dir,
    /** The tabs with a site in them that are open now; brought to the front one by one, since those behind are not loaded until then. */
    async tabs() {
      const tabs = [];
      for (const page of context.pages().filter((page) => page.url().startsWith("http"))) {
        await page.bringToFront();
        tabs.push(tabIn(page));
      }
      return tabs;
    },
    newTab: async () => tabIn(await context.newPage()),
    cookies: () => context.cookies(),
    /** As when the battery runs out: nothing can be written any more. */
    kill: () => end("SIGKILL"),
    /** Ends it and removes its profile. */
    async close() {
      await end("SIGKILL");
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function addressOf(process_) {
  for await (const line of createInterface({ input: process_.stderr })) {
    const [, address] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) {
      process_.stderr.resume();
      return address;
    }
  }
  throw new Error("Chromium ended before it could be spoken to");
}

function tabIn(page) {
  return tabOf({
    page,
    prepare: (step) => page.addInitScript(step),
    evaluate: (code) => page.evaluate(code),
    open: (url) => page.goto(url),
    go: (delta) => (delta < 0 ? page.goBack({ waitUntil: "commit" }) : page.goForward({ waitUntil: "commit" })),
    reload: () => page.reload(),
    front: () => page.bringToFront(),
    close: () => page.close({ runBeforeUnload: true }),
    press: (name) => page.keyboard.press(name),
    type: (words) => page.keyboard.type(words),
    clickAt: (x, y) => page.mouse.click(x, y),
  });
}
