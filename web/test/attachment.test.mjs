// Files sealed piece by piece: any age program opens them, and they are the same from any place on.

import { Decrypter } from "age-encryption";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { page } from "./page.mjs";
import { open } from "./stock.mjs";

const HEAD = 1_643;
const PIECE = 65_536;
const bytes = (length) => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 256);
const sha256 = (data) => createHash("sha256").update(data).digest("hex");

async function sealed(attachment, pieces = 4) {
  const parts = [];
  for (let at = 0; at < attachment.length; at += parts.at(-1).length) parts.push(await attachment.read(at, pieces));
  return Buffer.concat(parts);
}

async function decrypt(key, file) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  return decrypter.decrypt(file, "uint8array");
}

test("age alone opens a file of any length; behind it stand zeros", async () => {
  for (const size of [0, 1, 4_096, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 700_001]) {
    const plain = bytes(size);
    const attachment = new page.Attachment(new Blob([plain]));
    const file = await sealed(attachment);
    const { key, ...described } = await attachment.describe();
    assert.equal(file.length, attachment.length);
    assert.equal(file.length, HEAD + page.padme(size) + 16 * Math.ceil(page.padme(size) / PIECE));
    assert.deepEqual(described, { size, sha256: sha256(plain) });
    const opened = Buffer.from(await decrypt(key, file));
    assert.equal(opened.length, page.padme(size));
    assert.ok(opened.subarray(0, size).equals(plain) && opened.subarray(size).every((byte) => byte === 0));
  }
});

test("from any place on it gives the bytes that it gave before", async () => {
  const attachment = new page.Attachment(new Blob([bytes(5 * PIECE + 77)]));
  const file = await sealed(attachment);
  await fc.assert(
    fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 8 }), async (at, pieces) => {
      const part = await attachment.read(at, pieces);
      assert.ok(part.length > 0 && part.length <= HEAD + pieces * (PIECE + 16));
      assert.ok(file.subarray(at, at + part.length).equals(part));
    }),
    { seed: 8, numRuns: 60 },
  );
});

test("two files, or one file twice, have no sealed byte in common but the first line", async () => {
  const plain = new Blob([bytes(100)]);
  const [one, two] = await Promise.all([sealed(new page.Attachment(plain)), sealed(new page.Attachment(plain))]);
  assert.notDeepEqual(one.subarray(40, 200), two.subarray(40, 200));
  assert.notDeepEqual(one.subarray(-200), two.subarray(-200));
});

test("a file that became another is never sealed to the same key", async () => {
  const now = { bytes: bytes(3 * PIECE) };
  const blob = { size: 3 * PIECE, slice: (from, to) => ({ arrayBuffer: async () => now.bytes.slice(from, to).buffer }) };
  const attachment = new page.Attachment(blob);
  const before = await attachment.read(0, 1);
  now.bytes = bytes(3 * PIECE).fill(7, 10, 11);
  await assert.rejects(attachment.read(0, 1), page.Changed);
  now.bytes = bytes(3 * PIECE);
  assert.deepEqual(await attachment.read(0, 1), before);
  now.bytes = bytes(100);
  await assert.rejects(attachment.read(before.length, 1), page.Changed);
  blob.slice = () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) });
  await assert.rejects(attachment.read(before.length, 1), page.Changed);
});

test("what was wiped seals nothing more, not even what was being read just then", async () => {
  const attachment = new page.Attachment(new Blob([bytes(2 * PIECE)]));
  const first = await attachment.read(0, 1);
  const reading = attachment.read(first.length, 1);
  attachment.wipe();
  await assert.rejects(reading, page.Changed);
  await assert.rejects(attachment.read(0, 1), page.Changed);
});

test("nothing is said of a file before all of it was sealed", async () => {
  const attachment = new page.Attachment(new Blob([bytes(2 * PIECE)]));
  await attachment.read(0, 1);
  await assert.rejects(attachment.describe());
});

test("a large file is read a part at a time, and its hash made on the way", async () => {
  const size = 40 * 1_048_576;
  const read = [];
  const hash = createHash("sha256");
  const blob = {
    size,
    slice: (from, to) => ({ arrayBuffer: async () => (read.push(to - from), new Uint8Array(to - from).fill(from / PIECE).buffer) }),
    arrayBuffer: () => Promise.reject(new Error("all of it at once")),
  };
  const attachment = new page.Attachment(blob);
  for (let at = 0; at < attachment.length; ) at += (await attachment.read(at, 16)).length;
  for (let at = 0; at < size; at += 16 * PIECE) hash.update(new Uint8Array(16 * PIECE).fill(at / PIECE));
  assert.equal((await attachment.describe()).sha256, hash.digest("hex"));
  assert.equal(Math.max(...read), 16 * PIECE);
});

test("padded lengths are those of Padmé, and no file shows that it is tiny", () => {
  const padded = [[0, 4_096], [4_096, 4_096], [4_097, 4_352], [100_000, 100_352], [1_048_576, 1_048_576], [1_048_577, 1_081_344], [5e9, 5_033_164_800]];
  for (const [size, length] of padded) assert.equal(page.padme(size), length, String(size));
  fc.assert(
    fc.property(fc.integer({ min: 4_096, max: 2 ** 45 }), (size) => {
      const length = page.padme(size);
      assert.ok(length >= size && length < size * 1.07 && page.padme(length) === length);
    }),
    { seed: 8 },
  );
});

test("the manifest opens with the thread key and has one of four lengths", async () => {
  const thread = page.newThread();
  const file = { upload: "f00", type: "image/jpeg", size: 3, sha256: "00".repeat(32), key: "AGE-SECRET-KEY-PQ-1", note: "removed" };
  const manifest = await page.sealManifest(thread, [file, { ...file, name: "the door", note: undefined }]);
  assert.equal(manifest.length, 5_755);
  const text = await open(thread.identity, manifest);
  const { note, ...unnoted } = file;
  assert.deepEqual(JSON.parse(text), { format: 1, id: thread.id, files: [file, { ...unnoted, name: "the door" }] });
  const many = await page.sealManifest(thread, Array.from({ length: 40 }, () => file));
  assert.equal(many.length, 18_043);
});
