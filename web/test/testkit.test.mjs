import { Decrypter } from "age-encryption";
import * as testkit from "cctv-age";
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

const hybrid = Object.entries(testkit).filter(([name]) => name.startsWith("hybrid"));

/** Headers of a test kit file, and the age file behind the first empty line. */
function split(bytes) {
  const end = Buffer.from(bytes).indexOf("\n\n");
  const lines = Buffer.from(bytes.subarray(0, end)).toString().split("\n");
  const headers = new Map(lines.map((line) => line.split(": ")));
  const file = bytes.subarray(end + 2);
  return { headers, file: headers.has("compressed") ? new Uint8Array(inflateSync(file)) : file };
}

test("the age library under the page agrees with the test kit on hybrid files", async () => {
  assert.ok(hybrid.length >= 18);
  for (const [name, bytes] of hybrid) {
    const { headers, file } = split(bytes);
    const opened = (async () => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(headers.get("identity"));
      return decrypter.decrypt(file);
    })();
    if (headers.get("expect") === "success") await assert.doesNotReject(opened, name);
    else await assert.rejects(opened, name);
  }
});
