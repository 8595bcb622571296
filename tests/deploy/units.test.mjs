// The systemd files, read by systemd's own tools.

import assert from "node:assert/strict";
import { chmod, copyFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { deployed, folder, must, root, run } from "./tools.mjs";

const UNITS = ["knothole.service", "knothole-cover.service"];
/** The exposure that systemd counts, in tenths: 20 is what an issue asks for, and we are far below. */
const MOST_EXPOSED = 20;

async function verify(t, unit, text) {
  const dir = await folder(t);
  const program = join(dir, "program");
  await writeFile(program, "#!/bin/true\n");
  await chmod(program, 0o755);
  await writeFile(join(dir, unit), text.replaceAll(/\/usr\/bin\/(knothole|desk) /g, `${program} `));
  return run("systemd-analyze", ["verify", "--man=no", join(dir, unit)]);
}

for (const unit of UNITS) {
  test(`systemd takes every line of ${unit}, and names a line that it does not know`, async (t) => {
    const text = await deployed(`systemd/${unit}`);
    const good = await verify(t, unit, text);
    assert.deepEqual([good.code, good.text], [0, ""]);
    const bad = await verify(t, unit, text.replace("ProtectHome=", "ProtectHme="));
    assert.match(bad.text, /Unknown key .*'ProtectHme'/);
  });

  test(`${unit} is hardly exposed, and what weakens it shows`, async (t) => {
    const dir = await folder(t);
    const exposure = async (text) => {
      const path = join(dir, unit);
      await writeFile(path, text);
      const args = ["security", "--offline=true", "--no-pager", `--threshold=${MOST_EXPOSED}`, path];
      return (await run("systemd-analyze", args)).code;
    };
    const text = await deployed(`systemd/${unit}`);
    assert.equal(await exposure(text), 0);
    const weak = text.replaceAll(/^(Protect|Private|Restrict|SystemCall|Capab).*$/gm, "");
    assert.notEqual(await exposure(weak), 0);
  });

  test(`${unit} leaves no memory in a dump or in swap, and has a bound`, async () => {
    const lines = (await deployed(`systemd/${unit}`)).split("\n");
    for (const line of ["LimitCORE=0", "MemorySwapMax=0", "CapabilityBoundingSet=", "NoNewPrivileges=yes", "ProtectSystem=strict"]) {
      assert.ok(lines.includes(line), line);
    }
    assert.ok(lines.some((line) => /^MemoryMax=\d+M$/.test(line)));
  });
}

test("the server's unit gives it no network at all", async () => {
  const lines = (await deployed("systemd/knothole.service")).split("\n");
  for (const line of ["PrivateNetwork=yes", "IPAddressDeny=any", "RestrictAddressFamilies=AF_UNIX"]) {
    assert.ok(lines.includes(line), line);
  }
});

test("the account and the folders of the sockets are made, and who may come is what they say", { skip: process.getuid() !== 0 }, async (t) => {
  const dir = await folder(t);
  await mkdir(join(dir, "etc"));
  await copyFile("/etc/passwd", join(dir, "etc/passwd"));
  await copyFile("/etc/group", join(dir, "etc/group"));
  await must("systemd-sysusers", [`--root=${dir}`, join(root, "deploy/systemd/sysusers.d/knothole.conf")]);
  const account = (await readFile(join(dir, "etc/passwd"), "utf8")).split("\n").find((line) => line.startsWith("knothole:"));
  assert.match(account, /:\/nonexistent:\/usr\/sbin\/nologin$/);
  await must("systemd-tmpfiles", [`--root=${dir}`, "--create", join(root, "deploy/systemd/tmpfiles.d/knothole.conf")]);
  for (const door of ["public", "staff"]) {
    const { mode, uid } = await stat(join(dir, "run/knothole", door));
    assert.deepEqual([mode & 0o007, uid], [0, Number(account.split(":")[2])]);
  }
});
