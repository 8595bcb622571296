// The Caddyfile, by Caddy itself: what it takes, what it hands on, and what it writes down.

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { PLANTED_ADDRESS, PLANTED_AGENT, asking, deployed, folder, freePort, run, say, start, traces, until } from "./tools.mjs";

const NAME = "tips.example";

async function caddyIn(dir, edit = (text) => text) {
  const [https, http] = [await freePort(), await freePort()];
  const own = `admin off\n\tlocal_certs\n\tskip_install_trust\n\thttps_port ${https}\n\thttp_port ${http}\n\tdefault_bind 127.0.0.1`;
  const text = edit(await deployed("web/Caddyfile")).replace("admin off", own).replace("/run/knothole/public", dir);
  const path = join(dir, "Caddyfile");
  await writeFile(path, text);
  return { path, https, http };
}

async function startCaddy(t, dir, edit) {
  const conf = await caddyIn(dir, edit);
  const data = join(dir, "data");
  await mkdir(data);
  const env = { ...process.env, HOME: dir, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data };
  const caddy = start(t, "caddy", ["run", "--config", conf.path, "--adapter", "caddyfile"], { env });
  const isUp = async () => {
    assert.ok(!caddy.hasEnded(), caddy.text());
    return say("GET / HTTP/1.0\r\n\r\n", { port: conf.https, servername: NAME }).catch(() => "");
  };
  await until("Caddy has its certificate", isUp);
  return { ...conf, text: caddy.text, stop: caddy.stop, dir: data };
}

/** What stands behind: answers, and remembers the headers it was given. */
async function startDoor(t, dir) {
  const came = [];
  const server = createServer((request, response) => {
    came.push(request.rawHeaders);
    response.setHeader("Connection", "close");
    response.end("the form");
  });
  server.listen(join(dir, "door.sock"));
  await once(server, "listening");
  t.after(() => server.close());
  return { came, stop: () => new Promise((closed) => server.close(closed)) };
}

test("Caddy takes the file, and refuses a word that it does not know", async (t) => {
  const dir = await folder(t);
  const validate = async (path) => run("caddy", ["validate", "--config", path, "--adapter", "caddyfile"], { env: { ...process.env, HOME: dir } });
  const { path } = await caddyIn(dir);
  const good = await validate(path);
  assert.equal(good.code, 0, good.text);
  const { path: wrong } = await caddyIn(dir, (text) => text.replace("flush_interval", "flash_interval"));
  assert.notEqual((await validate(wrong)).code, 0);
});

test("Caddy hands on nothing of who came, and writes nothing of them down, also when nobody is behind it", async (t) => {
  const dir = await folder(t);
  const door = await startDoor(t, dir);
  const caddy = await startCaddy(t, dir);
  door.came.length = 0;
  const answer = await say(asking("/en", NAME), { port: caddy.https, servername: NAME });
  assert.match(answer, /^HTTP\/1\.1 200 [^]*the form/);
  assert.doesNotMatch(answer, /^(server|alt-svc|via):/im);
  const handed = door.came.flat().join("\n");
  assert.doesNotMatch(handed, new RegExp(`${PLANTED_ADDRESS}|${PLANTED_AGENT}|forwarded|real-ip`, "i"));

  await door.stop();
  assert.match(await say(asking("/en", NAME), { port: caddy.https, servername: NAME }), /^HTTP\/1\.1 502 /);
  await say("no TLS at all\r\n\r\n", { port: caddy.https }).catch(() => "");
  await caddy.stop();
  assert.deepEqual(await traces(caddy.dir, caddy.text()), []);
});

test("who comes to Caddy without https is sent to the front page whatever they asked", async (t) => {
  const dir = await folder(t);
  await startDoor(t, dir);
  const caddy = await startCaddy(t, dir);
  const answer = await say(asking(`/en?word=${PLANTED_AGENT}`, NAME), { port: caddy.http });
  assert.match(answer, /^HTTP\/1\.1 301 /);
  assert.equal(answer.match(/^Location: (.*)\r$/m)[1], `https://${NAME}/`);
});

test("the search for who came finds them where Caddy does log", async (t) => {
  const dir = await folder(t);
  const caddy = await startCaddy(t, dir, (text) => text.replace(/^.*include tls.*$/m, ""));
  assert.match(await say(asking("/en", NAME), { port: caddy.https, servername: NAME }), /^HTTP\/1\.1 502 /);
  await caddy.stop();
  assert.deepEqual(await traces(caddy.dir, caddy.text()), [PLANTED_ADDRESS, PLANTED_AGENT]);
});
