// The Debian packages, as Cargo.toml describes them to cargo-deb.

import assert from "node:assert/strict";
import { access, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { must, root, run } from "./tools.mjs";

async function description() {
  const args = ["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path", join(root, "Cargo.toml")];
  return JSON.parse(await must("cargo", args)).packages[0].metadata.deb;
}

test("every file that a package names is there, and the server's package holds nothing that opens", async () => {
  const deb = await description();
  const named = (variant) => variant.assets.map(([from]) => from);
  for (const path of [...named(deb), ...named(deb.variants.desk)].filter((path) => !/^target|\*$/.test(path))) {
    await access(join(root, path));
  }
  assert.deepEqual([deb["default-features"], deb.features], [false, ["server"]]);
  assert.deepEqual(named(deb).filter((path) => path.startsWith("target/")), ["target/release/knothole"]);
  assert.deepEqual(named(deb.variants.desk).filter((path) => path.startsWith("target/")), ["target/release/desk"]);
});

test("each unit of deploy/ is in a package, where systemd looks for it and not yet started", async () => {
  const deb = await description();
  const units = [...deb["systemd-units"], ...deb.variants.desk["systemd-units"]];
  const known = units.map((unit) => `${unit["unit-name"]}.service`).sort();
  const there = (await readdir(join(root, "deploy/systemd"))).filter((name) => name.endsWith(".service")).sort();
  assert.deepEqual(known, there);
  for (const unit of units) assert.deepEqual([unit.enable, unit.start], [false, false]);
});

test("the maintainer scripts are scripts that sh can read, and leave room for what packaging adds", async () => {
  for (const name of await readdir(join(root, "deploy/debian"))) {
    const path = join(root, "deploy/debian", name);
    assert.deepEqual(await run("sh", ["-n", path]), { code: 0, text: "", stdout: "" });
    assert.match(await readFile(path, "utf8"), /^#!\/bin\/sh\nset -e\n[^]*\n#DEBHELPER#\n$/);
  }
});
