// The torrc, read by a real tor that touches no network.

import assert from "node:assert/strict";
import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { deployed, folder, must, root, run, start, until } from "./tools.mjs";

const PUBLIC = "knothole-public";
const STAFF = "knothole-staff";

/** The torrc as deployed, with its folders under `dir`, its log on paper and no network. */
async function torrcIn(dir, { edit = (text) => text, level = "notice" } = {}) {
  const text = edit(await deployed("tor/torrc"))
    .replaceAll("/var/lib/tor/", `${dir}/`)
    .replaceAll("/run/knothole/", `${dir}/run/`)
    .replace("Log warn syslog", `Log ${level} stdout`);
  const path = join(dir, "torrc");
  await writeFile(path, `${text}\nDataDirectory ${dir}/data\nDisableNetwork 1\n`);
  return path;
}

const verify = (path) => run("tor", ["--defaults-torrc", "/dev/null", "-f", path, "--verify-config"]);

test("tor takes the torrc without a warning, and refuses a word that it does not know", async (t) => {
  const dir = await folder(t);
  await chmod(dir, 0o700);
  const good = await verify(await torrcIn(dir));
  assert.equal(good.code, 0, good.text);
  assert.doesNotMatch(good.text.replace(/.*running Tor as root.*\n/, ""), /\[(warn|err)\]/);
  const bad = await verify(await torrcIn(dir, { edit: (text) => text.replace("CircuitID haproxy", "CircuitID nginx") }));
  assert.notEqual(bad.code, 0);
});

test("both services tell circuits apart, the public one asks for work, and nothing else is offered", async () => {
  const words = (await deployed("tor/torrc")).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const [general, form, staff] = words.join("\n").split("HiddenServiceDir ");
  assert.match(general, /^SocksPort 0$/m);
  for (const [service, dir, door] of [[form, PUBLIC, "public"], [staff, STAFF, "staff"]]) {
    assert.ok(service.startsWith(`/var/lib/tor/${dir}\n`));
    assert.match(service, new RegExp(`^HiddenServicePort 80 unix:/run/knothole/${door}/door\\.sock$`, "m"));
    assert.match(service, /^HiddenServiceExportCircuitID haproxy$/m);
    assert.equal(service.match(/^HiddenServicePort/gm).length, 1);
  }
  assert.match(form, /^HiddenServicePoWDefensesEnabled 1$/m);
});

test("a tor that runs makes both addresses, and server and staff take the halves of the key that staff-key made", async (t) => {
  const dir = await folder(t);
  await chmod(dir, 0o700);
  const torrc = await torrcIn(dir, { level: "info" });
  const args = ["--defaults-torrc", "/dev/null", "-f", torrc];
  const first = start(t, "tor", args);
  const hostname = (service) => readFile(join(dir, service, "hostname"), "utf8").catch(() => "");
  const onion = (await until("tor makes an address", () => hostname(STAFF))).trim();
  assert.match(onion, /^[a-z2-7]{56}\.onion$/);
  assert.notEqual(await hostname(PUBLIC), `${onion}\n`);
  await first.stop("SIGINT");

  const made = await must(join(root, "deploy/tor/staff-key"), ["maria-laptop", onion], { cwd: dir });
  assert.match(made, /^made maria-laptop\.auth /);
  await copyFile(join(dir, "maria-laptop.auth"), join(dir, STAFF, "authorized_clients/maria-laptop.auth"));
  await writeFile(join(dir, STAFF, "authorized_clients/not-a-key.auth"), "descriptor:x25519:AAAA\n");
  const second = start(t, "tor", args);
  await until("tor has read both", () => ["maria-laptop", "not-a-key"].every((name) => second.text().includes(`${name}.auth...`)));
  await second.stop("SIGINT");
  assert.match(second.text(), /Loaded a client authorization key file maria-laptop\.auth/);
  assert.doesNotMatch(second.text(), /Loaded a client authorization key file not-a-key\.auth/);

  const client = join(dir, "client-torrc");
  await mkdir(join(dir, "keys"), { mode: 0o700 });
  await copyFile(join(dir, "maria-laptop.auth_private"), join(dir, "keys/maria-laptop.auth_private"));
  const lines = ["SocksPort 0", "DisableNetwork 1", "Log info stdout", `DataDirectory ${dir}/client`, `ClientOnionAuthDir ${dir}/keys`];
  await writeFile(client, `${lines.join("\n")}\n`);
  const theirs = start(t, "tor", ["--defaults-torrc", "/dev/null", "-f", client]);
  await until("tor of staff has the key", () => /Loaded a client authorization key file maria-laptop\.auth_private/.test(theirs.text()));
});

test("staff-key writes the two halves, and refuses what is no onion address or would overwrite a key", async (t) => {
  const dir = await folder(t);
  await chmod(dir, 0o700);
  const tool = join(root, "deploy/tor/staff-key");
  const onion = "a".repeat(55) + "d";
  await must(tool, ["maria-laptop", `${onion}.onion`], { cwd: dir });
  assert.equal((await readFile(join(dir, "maria-laptop.auth_private"), "utf8")).match(/^a{55}d:descriptor:x25519:[A-Z2-7]{52}\n$/)?.length, 1);
  assert.match(await readFile(join(dir, "maria-laptop.auth"), "utf8"), /^descriptor:x25519:[A-Z2-7]{52}\n$/);
  for (const wrong of [["maria-laptop", onion], ["maria", "tips.example"], ["../maria", onion], ["maria"]]) {
    assert.notEqual((await run(tool, wrong, { cwd: dir })).code, 0, wrong.join(" "));
  }
});
