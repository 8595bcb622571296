// A whole site for one test file: the real `knothole demo` in a fresh directory, and the desks it prints.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const binaries = resolve(process.env.KNOTHOLE_BIN_DIR ?? join(here, "../../target/debug"));
const run = promisify(execFile);

/** The desks in the order the demo prints them. */
export const [HELP_LINE, CHILD_WELFARE, STATE_POLICE, PROSECUTORS] = [0, 1, 2, 3];

/** Starts a site without sample tips; `stop` ends it and removes what it kept. */
export async function startSite() {
  const dir = await mkdtemp(join(tmpdir(), "knothole-site-"));
  const args = ["demo", "--dir", join(dir, "site"), "--public", "127.0.0.1:0", "--staff", "127.0.0.1:0", "--no-samples"];
  const server = spawn(join(binaries, "knothole"), args, { stdio: ["ignore", "pipe", "inherit"] });
  const { form, desks } = await readAnnouncement(server);
  server.stdout.resume();
  return {
    /** Where the page is. */
    form,
    /** What an agency's desk answers to a command. */
    desk: async (agency, ...command) => (await run(join(binaries, "desk"), [...desks[agency], ...command])).stdout,
    /** The tips that an agency can read. */
    async inbox(agency) {
      const listed = JSON.parse(await this.desk(agency, "inbox", "--json")).tips;
      const tips = [];
      for (const tip of listed) {
        // A list keeps back what starts a clock of the law when it is opened.
        tips.push(tip.opening_starts ? JSON.parse(await this.desk(agency, "show", tip.id, "--json")) : tip);
      }
      return tips;
    },
    /** What `knothole` answers to a command about this site, such as `pause`. */
    async server(command, ...rest) {
      const about = ["--data", join(dir, "site/server"), "--genesis", "0".repeat(64)];
      return (await run(join(binaries, "knothole"), [command, ...about, ...rest])).stdout;
    },
    /** Has two admins sign and publish a version of the keyring that `change` has altered. */
    async publish(change) {
      const [draft, words] = [join(dir, "draft.json"), join(dir, "words.json")];
      const admin = (who, ...command) => {
        const profile = join(dir, "site/admins", who);
        const about = ["--profile", profile, "--passphrase-file", `${profile}.passphrase`];
        return run(join(binaries, "desk"), [...about, "admin", ...command, "--draft", draft]);
      };
      // A draft begins with something that changes; these are the words that are there.
      const [, shown] = /id="keyring">([^<]*)</.exec(await (await fetch(form)).text());
      await writeFile(words, JSON.stringify(JSON.parse(shown).words));
      await admin("nora", "words", words);
      const file = JSON.parse(await readFile(draft, "utf8"));
      change(file.draft);
      await writeFile(draft, JSON.stringify(file));
      await admin("nora", "sign", "--yes");
      await admin("paul", "sign", "--yes", "--publish");
      await Promise.all([draft, words].map((path) => rm(path)));
    },
    async stop() {
      server.kill("SIGINT");
      if (server.exitCode === null) await once(server, "exit");
      await rm(dir, { recursive: true });
    },
  };
}

/** Reads the demo's lines until the last desk has been named. */
async function readAnnouncement(server) {
  const desks = [];
  let form = null;
  for await (const line of createInterface({ input: server.stdout })) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === "form") form = rest[0];
    if (word?.endsWith("desk") && rest.at(-1) === "inbox") desks.push(rest.slice(0, -1));
    if (form !== null && desks.length === 4) return { form, desks };
  }
  throw new Error("the demo ended before it named a form and four desks");
}

const PAGES = { "/diary": "<title>Diary</title><h1>Diary</h1><textarea rows=5></textarea>" };

/**
 * Pages to come from and to flee to, on this machine, one of them with a box to type in, and one that never comes; remembers who came,
 * and with which headers.
 */
export async function startNeutralPage() {
  const visits = [];
  const server = createServer((request, response) => {
    visits.push({ path: request.url, headers: request.headers });
    if (request.url === "/silence") return;
    response.setHeader("Content-Type", "text/html");
    response.end(PAGES[request.url] ?? "<title>Weather</title><link rel=icon href=data:,><h1>Sunny</h1>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    visits,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}
