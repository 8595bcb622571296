// A real server as deploy/ says it: its account, its two sockets in the folders that tmpfiles.d makes, its configuration.

import assert from "node:assert/strict";
import { chmod, chown, copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { answers, binaries, deployed, folder, must, root, run, start, until } from "./tools.mjs";

/** Starts it in a folder of the test's own. Needs root, as a start by systemd does. */
export async function startSite(t) {
  const dir = await folder(t);
  const genesis = await makeSite(t, dir);
  await mkdir(join(dir, "etc"));
  for (const name of ["passwd", "group"]) await copyFile(`/etc/${name}`, join(dir, "etc", name));
  await must("systemd-sysusers", [`--root=${dir}`, join(root, "deploy/systemd/sysusers.d/knothole.conf")]);
  await must("systemd-tmpfiles", [`--root=${dir}`, "--create", join(root, "deploy/systemd/tmpfiles.d/knothole.conf")]);
  const uid = await idOf("knothole", join(dir, "etc/passwd"));
  const data = join(dir, "site/server");
  for (const path of [data, ...(await readdir(data)).map((name) => join(data, name))]) await chown(path, uid, uid);
  await chmod(join(dir, "site"), 0o711);

  const config = join(dir, "knothole.toml");
  const text = (await deployed("knothole.toml")).replace('genesis = ""', `genesis = "${genesis}"`);
  // The demo's words were reviewed by nobody.
  await writeFile(config, "drafts = true\n" + text.replaceAll("/run/knothole/", `${dir}/run/knothole/`).replace("/var/lib/knothole", data));
  const program = join(dir, "knothole");
  await copyFile(join(binaries, "knothole"), program);
  await chmod(program, 0o755);
  const as = (id) => [`--reuid=${id}`, `--regid=${id}`, "--clear-groups", "--no-new-privs"];
  const umask = (await deployed("systemd/knothole.service")).match(/^UMask=(\d+)$/m)[1];
  const own = (...words) => [...as(uid), "sh", "-c", `umask ${umask}; ulimit -c 0; exec "$@"`, "sh", program, ...words, "--config", config];
  const server = start(t, "setpriv", own("serve"));
  const door = (name) => join(dir, "run/knothole", name, "door.sock");
  await until("the server opens its doors", async () => {
    assert.ok(!server.hasEnded(), server.text());
    return answers({ path: door("staff") });
  });
  const check = async () => JSON.parse((await run("setpriv", own("check", "--json"))).stdout);
  return { dir, door, genesis, check, text: server.text, stop: server.stop };
}

/** Makes the demo's keyring and store, and stops the demo. */
async function makeSite(t, dir) {
  const site = join(dir, "site");
  const args = ["demo", "--dir", site, "--public", "127.0.0.1:0", "--staff", "127.0.0.1:0", "--no-samples"];
  const demo = start(t, join(binaries, "knothole"), args);
  await until("the demo is made", () => {
    assert.ok(!demo.hasEnded(), demo.text());
    return demo.text().includes("inbox");
  });
  await demo.stop("SIGINT");
  return JSON.parse(await readFile(join(site, "demo.json"), "utf8")).genesis;
}

/** The number of an account. */
export async function idOf(name, file = "/etc/passwd") {
  const line = (await readFile(file, "utf8")).split("\n").find((line) => line.startsWith(`${name}:`));
  assert.ok(line, `no account ${name}`);
  return Number(line.split(":")[2]);
}
