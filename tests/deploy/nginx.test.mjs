// nginx.conf, by nginx itself: what it takes, and really in front of a server.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { connect as connectTls } from "node:tls";
import { idOf, startSite } from "./site.mjs";
import { PLANTED_ADDRESS, PLANTED_AGENT, answers, asking, binaries, deployed, folder, freePort, must, run, say, start, traces, until } from "./tools.mjs";

const isRoot = process.getuid() === 0;
const NAME = "tips.example";

/** The file as deployed, with ports and paths of the test's own. */
async function confIn(dir, { door = join(dir, "door.sock"), edit = (text) => text } = {}) {
  const [https, http] = [await freePort(), await freePort()];
  const keys = ["-keyout", join(dir, "key.pem"), "-out", join(dir, "cert.pem")];
  await must("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", `/CN=${NAME}`, ...keys]);
  await mkdir(join(dir, "logs"), { recursive: true });
  const text = edit(await deployed("web/nginx.conf"))
    .replace(/listen 443/, `listen 127.0.0.1:${https}`)
    .replace(/listen 80/, `listen 127.0.0.1:${http}`)
    .replaceAll(/^.*listen \[::\].*$/gm, "")
    .replaceAll(`/etc/letsencrypt/live/${NAME}/fullchain.pem`, join(dir, "cert.pem"))
    .replaceAll(`/etc/letsencrypt/live/${NAME}/privkey.pem`, join(dir, "key.pem"))
    .replace("/run/knothole/public/door.sock", door)
    .replace("/run/nginx.pid", join(dir, "nginx.pid"))
    .replaceAll("LOGS", join(dir, "logs"));
  const path = join(dir, "nginx.conf");
  await writeFile(path, text);
  return { path, https, http };
}

async function startNginx(t, dir, options) {
  const conf = await confIn(dir, options);
  const nginx = start(t, "nginx", ["-c", conf.path, "-g", "daemon off;"]);
  await until("nginx listens", () => {
    assert.ok(!nginx.hasEnded(), nginx.text());
    return answers({ host: "127.0.0.1", port: conf.https });
  });
  return { ...conf, text: nginx.text, stop: nginx.stop };
}

test("nginx takes the file, and refuses a word that it does not know", async (t) => {
  const dir = await folder(t);
  const { path } = await confIn(dir);
  assert.equal((await run("nginx", ["-t", "-q", "-c", path])).text.replace(/.*"user" directive.*\n/, ""), "");
  const { path: wrong } = await confIn(dir, { edit: (text) => text.replace("proxy_protocol on", "proxy_protocols on") });
  const bad = await run("nginx", ["-t", "-q", "-c", wrong]);
  assert.match(bad.text, /unknown directive "proxy_protocols"/);
});

test("who comes without https is sent to the front page whatever they asked, with nothing of theirs", { skip: !isRoot }, async (t) => {
  const nginx = await startNginx(t, await folder(t));
  const answer = await say(asking(`/en?word=${PLANTED_AGENT}`, `${PLANTED_AGENT}.example`), { port: nginx.http });
  assert.match(answer, /^HTTP\/1\.1 301 /);
  assert.equal(answer.match(/^Location: (.*)\r$/m)[1], `https://${NAME}/`);
  assert.ok(!answer.includes(PLANTED_AGENT));
});

test("the search for who came finds them where nginx does log", { skip: !isRoot }, async (t) => {
  const dir = await folder(t);
  const logging = (text) =>
    text.replace("error_log /dev/null crit", "error_log LOGS/error.log info").replaceAll("access_log off", "access_log LOGS/access.log")
      .replace("stream {\n", "stream {\n    log_format basic '$remote_addr';\n").replace("LOGS/access.log", "LOGS/stream.log basic");
  const nginx = await startNginx(t, dir, { edit: logging });
  await say(asking("/", NAME), { port: nginx.http });
  await nginx.stop();
  assert.deepEqual(await traces(join(dir, "logs")), [PLANTED_ADDRESS, PLANTED_AGENT]);
});

test("a server as deploy/ says it", { skip: !isRoot }, async (t) => {
  const site = await startSite(t);

  await t.test("nginx comes to the public door only, tor to both, and anybody else to none", async (t) => {
    const reaches = async (account, door) => {
      const id = await idOf(account);
      const perl = ["perl", "-MIO::Socket::UNIX", "-e", "exit(IO::Socket::UNIX->new(Peer => shift) ? 0 : 9)", site.door(door)];
      return (await run("setpriv", [`--reuid=${id}`, `--regid=${id}`, "--clear-groups", ...perl])).code === 0;
    };
    const seen = {};
    for (const account of ["www-data", "debian-tor", "nobody"]) {
      seen[account] = [await reaches(account, "public"), await reaches(account, "staff")];
    }
    assert.deepEqual(seen, { "www-data": [true, false], "debian-tor": [true, true], nobody: [false, false] });
  });

  await t.test("a door that was told of a proxy answers nobody who comes without its line", async (t) => {
    const ask = (line) =>
      new Promise((done) => {
        const socket = connect(site.door("public"), () => socket.write(line + asking("/en", NAME)));
        let heard = "";
        socket.on("data", (data) => (heard += data)).on("close", () => done(heard)).on("error", () => {});
      });
    assert.match(await ask(`PROXY TCP4 ${PLANTED_ADDRESS} 127.0.0.1 5 443\r\n`), /^HTTP\/1\.1 200 /);
    assert.equal(await ask(""), "");
  });

  await t.test("a page and a tip pass nginx to a server of its own account, and no log names who came", async (t) => {
    const nginx = await startNginx(t, site.dir, { door: site.door("public") });

    const page = await say(asking("/en", NAME), { port: nginx.https, servername: NAME });
    assert.match(page, /^HTTP\/1\.1 200 /);
    assert.match(page, /<textarea/);
    const bridge = await plainTo(t, nginx.https);
    const cover = ["cover", "--form", `http://127.0.0.1:${bridge}`, "--genesis", site.genesis, "--count", "1", "--now"];
    assert.equal(await must(join(binaries, "desk"), cover), "sent 1 cover tip\n");
    // The demo's words are drafts, which `check` rightly minds.
    const unwell = (await site.check()).checks.filter((found) => found.status === "fail" && found.name !== "languages");
    assert.deepEqual(unwell, []);

    // What goes wrong is no reason to write down who came either.
    await say("no TLS at all\r\n\r\n", { port: nginx.https }).catch(() => "");
    await say(asking("/", NAME), { port: nginx.http });
    await site.stop();
    await say(asking("/en", NAME), { port: nginx.https, servername: NAME }).catch(() => "");
    await nginx.stop();
    assert.deepEqual(await traces(join(site.dir, "logs"), nginx.text(), site.text()), []);
    assert.deepEqual(await traces(join(site.dir, "site/server")), []);
  });
});

/** A plain port before a TLS one, for a client that does not know the test's certificate. */
async function plainTo(t, port) {
  const server = createServer((near) => {
    const far = connectTls({ host: "127.0.0.1", port, servername: NAME, rejectUnauthorized: false, localAddress: PLANTED_ADDRESS });
    for (const side of [near, far]) side.on("error", () => [near, far].forEach((both) => both.destroy()));
    near.pipe(far).pipe(near);
  });
  server.listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  return server.address().port;
}
