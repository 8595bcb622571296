// What the tests of the deploy files share: a folder of their own, programs that end with the test, requests from a chosen address.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { connect as connectTls } from "node:tls";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
/** The repository. */
export const root = join(here, "../..");
export const binaries = resolve(process.env.KNOTHOLE_BIN_DIR ?? join(root, "target/debug"));
/** Nobody but a test comes from here, so that a trace of it is one. */
export const PLANTED_ADDRESS = "127.66.77.88";
export const PLANTED_AGENT = "planted-agent-5309";
// Where Debian keeps nginx and tor, and not every account looks.
process.env.PATH += ":/usr/sbin:/sbin";
const DEADLINE_MS = 60_000;

/** A file of deploy/. */
export const deployed = (path) => readFile(join(root, "deploy", path), "utf8");

/** A folder that others may pass through, gone after the test. */
export async function folder(t) {
  const dir = await mkdtemp(join(tmpdir(), "knothole-deploy-"));
  await chmod(dir, 0o711);
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs a program to its end, whatever the end. */
export function run(program, args, options = {}) {
  return new Promise((done) => {
    execFile(program, args, { timeout: DEADLINE_MS, maxBuffer: 1 << 24, ...options }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : (error.code ?? error.signal), text: stdout + stderr, stdout });
    });
  });
}

/** Runs a program that must end well, and gives what it printed. */
export async function must(program, args, options) {
  const { code, text, stdout } = await run(program, args, options);
  assert.equal(code, 0, `${program} ${args.join(" ")}: ${text}`);
  return stdout;
}

/** Starts a program that is stopped after the test; `text()` is what it has printed. */
export function start(t, program, args, options = {}) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (printed += data));
  const stop = async (signal = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "exit");
    }
  };
  t.after(() => stop());
  return { stop, text: () => printed, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
}

/** Asks until it is so. */
export async function until(what, isSo) {
  for (const end = Date.now() + DEADLINE_MS; Date.now() < end; ) {
    const answer = await isSo();
    if (answer) return answer;
    await new Promise((next) => setTimeout(next, 20));
  }
  assert.fail(`not in ${DEADLINE_MS} ms: ${what}`);
}

/** A port that nobody has now. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Whether someone takes connections there. */
export const answers = (where) =>
  new Promise((done) => {
    const socket = connect(where, () => {
      socket.destroy();
      done(true);
    });
    socket.on("error", () => done(false));
  });

/** Sends raw bytes from the planted address, over TLS where a server name is given, and reads what comes until the end. */
export function say(bytes, { port, servername }) {
  return new Promise((done, failed) => {
    const from = { host: "127.0.0.1", port, localAddress: PLANTED_ADDRESS };
    const socket = servername ? connectTls({ ...from, servername, rejectUnauthorized: false }) : connect(from);
    let heard = "";
    socket.setEncoding("latin1");
    socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error("no end of the answer")));
    socket.on("data", (data) => (heard += data));
    socket.on("end", () => done(heard));
    socket.on("error", (error) => (heard === "" ? failed(error) : done(heard)));
    socket.write(bytes);
  });
}

/** A request as a browser sends it, with all that must be in no log. */
export const asking = (path, host) =>
  [`GET ${path} HTTP/1.1`, `Host: ${host}`, `User-Agent: ${PLANTED_AGENT}`, `Referer: https://${PLANTED_AGENT}.example/`,
   `Accept-Language: xx-${PLANTED_AGENT}`, `Cookie: a=${PLANTED_AGENT}`, `X-Forwarded-For: ${PLANTED_ADDRESS}`,
   `Forwarded: for=${PLANTED_ADDRESS}`, `X-Real-Ip: ${PLANTED_ADDRESS}`, "Connection: close", "", ""].join("\r\n");

/** The planted words that are in any file of a folder, or in a text. */
export async function traces(dir, ...texts) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const all = [...texts, ...(await Promise.all(files.map((file) => readFile(file, "latin1"))))];
  return [PLANTED_ADDRESS, PLANTED_AGENT].filter((word) => all.some((text) => text.includes(word)));
}
