// What Rust and TypeScript must agree on: tests/vectors/, which tests/suite/vectors.rs reads too.

import { Decrypter } from "age-encryption";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { page } from "./page.mjs";
import { entry, open, openTip } from "./stock.mjs";

const read = (name) => JSON.parse(readFileSync(new URL(`../../tests/vectors/${name}.json`, import.meta.url), "utf8"));
const hex = (text) => new Uint8Array(Buffer.from(text, "hex"));
const toHex = (bytes) => Buffer.from(bytes).toString("hex");

test("keys, tokens and ids are derived as in the vectors", () => {
  for (const vector of read("derive")) {
    const seed = hex(vector.seed);
    const thread = page.threadFrom(seed);
    assert.deepEqual(
      { ...thread, custody: toHex(page.derive(seed, "knothole/custody/v1")), upload: toHex(page.derive(seed, "knothole/upload/v1")) },
      {
        identity: vector.identity,
        recipient: vector.recipient,
        id: vector.id,
        token: vector.upload_token,
        uploadHash: vector.upload_hash,
        custody: vector.custody_token,
        upload: vector.upload_token,
      },
    );
  }
});

test("capsules have the text of the vectors", async () => {
  const agency = read("derive")[0];
  for (const { seed, letter, text } of read("capsule")) {
    const capsule = await page.sealCapsule(agency.recipient, page.threadFrom(hex(seed)), hex(letter));
    assert.equal(await open(agency.identity, capsule), text);
  }
});

test("letters have the lengths of the vectors", () => {
  for (const { letter, times, json_len, padded_len } of read("letter")) {
    const json = page.utf8(JSON.stringify({ ...letter, story: letter.story.repeat(times) }));
    assert.equal(json.length, json_len);
    if (padded_len === null) assert.throws(() => page.toBucket(json), page.TooLong);
    else assert.equal(page.toBucket(json).length, padded_len);
  }
});

for (const maker of ["rust", "page"]) {
  test(`the tip sealed by ${maker} opens for those picked and nobody else`, async () => {
    const { agencies, picked, tar, letter, site, id } = read(`tip-from-${maker}`);
    const body = Buffer.from(tar, "base64");
    assert.equal(JSON.parse(Buffer.from(entry(body, "about"))).site, page.siteMark(site, id));
    for (const agency of agencies.filter(({ identity }) => identity !== null)) {
      if (picked.includes(agency.number)) {
        assert.deepEqual((await openTip(body, agency)).letter, letter);
      } else {
        await assert.rejects(open(agency.identity, entry(body, `capsule-${agency.number}.age`)));
      }
    }
  });
}

test("the file of the vectors opens with the key that its manifest gives", async () => {
  const { thread, id, manifest, opened, sealed, padded } = read("attachment");
  const text = await open(thread, Buffer.from(manifest, "base64"));
  assert.deepEqual(JSON.parse(text), opened);
  const [{ key, size, sha256 }] = opened.files;
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  const file = Buffer.from(await decrypter.decrypt(Buffer.from(sealed, "base64"), "uint8array"));
  assert.deepEqual([file.length, page.padme(size), opened.id], [padded, padded, id]);
  assert.equal(createHash("sha256").update(file.subarray(0, size)).digest("hex"), sha256);
});
