// What package-lock.json may hold.

import assert from "node:assert/strict";
import { test } from "node:test";
import { breaches } from "../check-lock.mjs";

const good = { version: "1.0.0", integrity: "sha512-AA==", license: "(MIT OR GPL-3.0)" };
const lockOf = (path, entry) => ({ packages: { "": {}, "node_modules/good": good, [path]: { ...good, ...entry } } });

test("a lock of registry packages with hashes and free licences has no breach", () => {
  assert.deepEqual(breaches(lockOf("node_modules/a/node_modules/@b/c", {})), []);
});

test("a tool that tests us may stay under a licence of its own files, and what we serve may not", () => {
  assert.deepEqual(breaches(lockOf("node_modules/tool", { license: "MPL-2.0", dev: true })), []);
  assert.deepEqual(breaches(lockOf("node_modules/served", { license: "MPL-2.0" })), ["node_modules/served: licence MPL-2.0"]);
  assert.match(breaches(lockOf("node_modules/tool", { license: "GPL-3.0", dev: true })).join(), /licence GPL-3.0/);
});

test("each kind of breach is named", () => {
  const named = (entry, path = "node_modules/bad") => breaches(lockOf(path, entry)).join("\n");
  assert.match(named({ integrity: undefined }), /^node_modules\/bad: not pinned/);
  assert.match(named({ integrity: "sha1-AA==" }), /not pinned/);
  assert.match(named({ resolved: "git+ssh://example.org/a" }), /place of its own/);
  assert.match(named({ link: true }), /not a package/);
  assert.match(named({}, "packages/bad"), /not a package/);
  assert.match(named({ license: "GPL-3.0" }), /licence GPL-3.0/);
  assert.match(named({ license: undefined }), /licence unknown/);
  assert.match(named({ hasInstallScript: true }), /runs a script/);
});
