// Firefox ESR as a person has it: a profile on the disk, one process that can be killed, and tabs that come back.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connect } from "./bidi.mjs";
import { tabOf } from "./tab.mjs";

/** Nothing leaves this machine, nothing asks a question, and what the browser keeps is written at once. */
const PREFS = {
  "remote.prefs.recommended": false,
  "network.proxy.type": 1,
  "network.proxy.http": "127.0.0.1",
  "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1",
  "network.proxy.ssl_port": 9,
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 3,
  "browser.sessionstore.interval": 200,
  "browser.sessionstore.restore_on_demand": false,
  "browser.sessionstore.max_resumed_crashes": 9,
  "datareporting.policy.dataSubmissionEnabled": false,
  "termsofuse.bypassNotification": true,
};

/** What Tor Browser sets at its level "Safer", and what it sets at every level that a page can feel. */
export const SAFER = {
  "javascript.options.asmjs": false,
  "javascript.options.baselinejit": false,
  "javascript.options.ion": false,
  "javascript.options.native_regexp": false,
  "javascript.options.wasm": false,
  "gfx.font_rendering.graphite.enabled": false,
  "gfx.font_rendering.opentype_svg.enabled": false,
  "mathml.disabled": true,
  "browser.privatebrowsing.autostart": true,
  "dom.serviceWorkers.enabled": false,
  "media.peerconnection.enabled": false,
  "privacy.resistFingerprinting": true,
  "webgl.disabled": true,
};

/** Keys that BiDi writes as private characters. */
const KEYS = { Shift: "\uE008", Tab: "\uE004", Enter: "\uE007", Escape: "\uE00C", Space: " " };

/** The system's Firefox ESR; `profile` is one that was left behind, `keepsPages` its back/forward cache. */
export async function startFirefox({ keepsPages = true, profile = null, prefs = {} } = {}) {
  const dir = profile ?? (await mkdtemp(join(tmpdir(), "knothole-firefox-")));
  const all = { ...PREFS, ...(keepsPages ? {} : { "browser.sessionhistory.max_total_viewers": 0 }), ...prefs };
  const lines = Object.entries(all).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(dir, "user.js"), lines.join(""));
  const process_ = spawn(
    process.env.KNOTHOLE_FIREFOX ?? "firefox-esr",
    ["--headless", "--no-remote", "--profile", dir, "--remote-debugging-port=0"],
    { stdio: ["ignore", "ignore", "pipe"], detached: true, env: { ...process.env, HOME: dir, MOZ_CRASHREPORTER_DISABLE: "1" } },
  );
  const session = await connect(await addressOf(process_));
  const end = async (signal) => {
    session.close();
    if (process_.exitCode === null && process_.signalCode === null) {
      const gone = once(process_, "exit");
      process.kill(-process_.pid, signal);
      await gone;
    }
  };
  return {
    name: "Firefox",
    session,
    /** Where it keeps everything. */
    profile: dir,
    /** The tabs with a site in them that are open now. */
    async tabs() {
      const { contexts } = await session.send("browsingContext.getTree", { maxDepth: 0 });
      return contexts.filter(({ url }) => url.startsWith("http")).map(({ context }) => tabIn(session, context));
    },
    async newTab() {
      const { context } = await session.send("browsingContext.create", { type: "tab" });
      return tabIn(session, context);
    },
    cookies: async () => (await session.send("storage.getCookies")).cookies,
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
  const lines = createInterface({ input: process_.stderr });
  for await (const line of lines) {
    const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(line) ?? [];
    if (address !== undefined) {
      process_.stderr.resume();
      return address;
    }
  }
  throw new Error("Firefox ended before it could be spoken to");
}

function tabIn(session, context) {
  const act = (id, type, actions, more = {}) =>
    session.send("input.performActions", { context, actions: [{ type, id, actions, ...more }] });
  const key = (name) => KEYS[name] ?? name;
  return tabOf({
    prepare: (step) => session.send("script.addPreloadScript", { functionDeclaration: String(step), contexts: [context] }),
    async evaluate(code) {
      const answer = await session.send("script.evaluate", {
        expression: code,
        target: { context },
        awaitPromise: true,
        userActivation: false,
      });
      if (answer.type === "exception") throw new Error(answer.exceptionDetails.text);
      return answer.result.value;
    },
    open: (url) => session.send("browsingContext.navigate", { context, url, wait: "complete" }),
    go: (delta) => session.send("browsingContext.traverseHistory", { context, delta }),
    reload: () => session.send("browsingContext.reload", { context, wait: "complete" }),
    front: () => session.send("browsingContext.activate", { context }),
    close: () => session.send("browsingContext.close", { context }),
    press: (name) => act("keys", "key", [{ type: "keyDown", value: key(name) }, { type: "keyUp", value: key(name) }]),
    type: (words) =>
      act("keys", "key", [...words].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }])),
    clickAt: (x, y) =>
      act(
        "finger",
        "pointer",
        [{ type: "pointerMove", x, y }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }],
        { parameters: { pointerType: "mouse" } },
      ),
  });
}
