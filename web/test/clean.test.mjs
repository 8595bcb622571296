// Photos without what was written beside the picture: everything planted is gone, and the picture is the same.

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { build } from "esbuild";
import fc from "fast-check";
import { page } from "./page.mjs";
import { exif, pixels, samples, webpChunks } from "./pictures.mjs";

const pictures = await samples();
const clean = (file) => Buffer.concat(page.clean(new Uint8Array(file)));
/** As the page writes it, whatever stood there. */
const noteOf = (way) => Buffer.from(`MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(way)}\0\0\0\0\0\0`, "latin1");

for (const [name, { kind, file, way, profile, secrets }] of Object.entries(pictures)) {
  test(`${name} keeps nothing that was planted in it`, () => {
    assert.equal(page.kindOf(file), kind);
    assert.ok(secrets.length > 6 && secrets.every((secret) => file.includes(secret)));
    const cleaned = clean(file);
    assert.deepEqual(secrets.filter((secret) => cleaned.includes(secret)), []);
    assert.ok(!cleaned.includes("secret"));
  });

  test(`${name} keeps its colours and says which way up it is`, () => {
    const cleaned = clean(file);
    assert.ok(cleaned.includes(profile));
    const at = cleaned.indexOf(noteOf(way));
    assert.ok(at > 0);
    assert.equal(cleaned.indexOf(noteOf(way), at + 1), -1);
  });

  test(`${name} is the same picture, and clean of itself`, async () => {
    const cleaned = clean(file);
    assert.deepEqual(clean(cleaned), cleaned);
    if (name === "a WebP that moves") return;
    assert.deepEqual(await pixels(kind, cleaned), await pixels(kind, file));
  });

  test(`${name} that is cut off anywhere is refused`, () => {
    const cleaned = clean(file);
    for (let length = 16; length < cleaned.length; length++) {
      assert.throws(() => page.clean(cleaned.subarray(0, length)), refused("broken"), `${length} bytes`);
    }
  });
}

test("each frame of a WebP that moves is the same", () => {
  const frame = (file) => webpChunks(file)["ANMF"];
  const cleaned = frame(clean(pictures["a WebP that moves"].file));
  assert.ok(cleaned.length > 100 && cleaned.equals(frame(pictures["a WebP that moves"].file).subarray(0, cleaned.length)));
});

test("a WebP says of itself what it still has", () => {
  for (const name of ["a WebP", "a WebP that is clear in places", "a WebP that moves"]) {
    const cleaned = clean(pictures[name].file);
    const [flags, ...blank] = webpChunks(cleaned)["VP8X"].subarray(0, 4);
    assert.equal(flags, 0x28 + (name.endsWith("places") ? 0x10 : 0) + (name.endsWith("moves") ? 2 : 0));
    assert.deepEqual(blank, [0, 0, 0]);
    assert.equal(cleaned.readUInt32LE(4), cleaned.length - 8);
  }
});

test("a photo without notes stays as it was", async () => {
  for (const name of ["a JPEG in several scans", "a PNG", "a WebP", "a WebP that loses nothing"]) {
    const { plain } = pictures[name];
    assert.deepEqual(clean(plain), plain);
  }
});

test("a note that is none, or says no way that there is, leaves the picture upright", () => {
  const { plain } = pictures["a JPEG in several scans"];
  const withNote = (note) => Buffer.concat([plain.subarray(0, 2), Buffer.from("\xff\xe1", "latin1"), Buffer.from([0, note.length + 8]), Buffer.from("Exif\0\0"), note, plain.subarray(2)]);
  const short = exif(6, () => "x", false);
  for (const note of [exif(0, () => "x", true), exif(9, () => "x", false), exif(600, () => "x", true), Buffer.from("no"), Buffer.from("MM\0*\xff\xff\xff\xff", "latin1"), short.subarray(0, 20)]) {
    assert.ok(clean(withNote(note)).includes(noteOf(1)));
  }
  assert.ok(clean(withNote(short)).includes(noteOf(6)));
});

test("what is not known is never passed as clean, whatever its name says", () => {
  const start = (text) => Buffer.from(text.padEnd(64, "\0"), "latin1");
  for (const brand of ["heic", "heix", "hevc", "mif1", "msf1", "avif"]) {
    assert.throws(() => page.clean(start(`\0\0\0\x18ftyp${brand}`)), refused("heic"));
  }
  for (const text of ["GIF89a", "%PDF-1.7", "BM", "\0\0\0\x18ftypmp42", "RIFF\x20\0\0\0WAVE", "II*\0", "<svg", ""]) {
    assert.throws(() => page.clean(start(text)), refused("unknown"));
  }
  assert.throws(() => page.clean(new Uint8Array(0)), refused("unknown"));
  const apple = Buffer.from(pictures["a PNG"].plain);
  apple.write("CgBI", 12, "latin1");
  assert.throws(() => page.clean(apple), refused("unknown"));
});

test("lengths that lie are refused, and so is a file that holds no picture", () => {
  const lying = (name, at, ...bytes) => {
    const file = Buffer.from(pictures[name].plain);
    file.set(bytes, at);
    return file;
  };
  const jpeg = "a JPEG in several scans";
  for (const file of [
    lying(jpeg, 4, 0xff, 0xff),
    lying(jpeg, 4, 0, 0),
    lying(jpeg, 4, 0, 1),
    lying(jpeg, 3, 0x00),
    lying("a PNG", 8, 0xff, 0xff, 0xff, 0xff),
    lying("a PNG", 8, 0x7f, 0xff, 0xff, 0xff),
    lying("a WebP", 4, 0xff, 0xff, 0xff, 0xff),
    lying("a WebP", 4, 0, 0, 0, 0),
    lying("a WebP", 16, 0xff, 0xff, 0xff, 0x7f),
    Buffer.from("\xff\xd8\xff\xd9", "latin1"),
    Buffer.concat([pictures["a PNG"].plain.subarray(0, 33), pictures["a PNG"].plain.subarray(-12)]),
    Buffer.from("RIFF\x04\0\0\0WEBP", "latin1"),
    Buffer.from("RIFF\x0c\0\0\0WEBPICCP\0\0\0\0", "latin1"),
  ]) {
    assert.throws(() => page.clean(new Uint8Array(file)), refused("broken"));
  }
});

test("frames in frames, and any number of chunks, are walked through", () => {
  const nested = Buffer.alloc(24 * 40_000);
  for (let at = 0; at < nested.length; at += 24) {
    nested.write("ANMF", at, "latin1");
    nested.writeUInt32LE(nested.length - at - 8, at + 4);
  }
  const file = (body) => Buffer.concat([Buffer.from("RIFF"), Buffer.from(Uint32Array.of(body.length + 4).buffer), Buffer.from("WEBP"), body]);
  page.clean(file(nested));
  page.clean(file(Buffer.concat([Buffer.from("VP8L\0\0\0\0", "latin1"), Buffer.from("ALPH\0\0\0\0".repeat(300_000), "latin1")])));
});

test("whatever is done to a photo, it is refused or clean, and nothing beside it is read", () => {
  const files = Object.values(pictures).flatMap(({ file, plain }) => [file, plain]);
  const change = fc.oneof(
    fc.record({ is: fc.constant("set"), at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ is: fc.constant("set"), at: fc.nat(80), byte: fc.constantFrom(0, 1, 2, 0x7f, 0x80, 0xd8, 0xd9, 0xda, 0xe1, 0xff) }),
    fc.record({ is: fc.constant("cut"), at: fc.nat(), length: fc.nat(40) }),
    fc.record({ is: fc.constant("end"), at: fc.nat() }),
    fc.record({ is: fc.constant("put"), at: fc.nat(), bytes: fc.uint8Array({ maxLength: 40 }) }),
    fc.record({ is: fc.constant("copy"), at: fc.nat(), from: fc.nat(), length: fc.nat(60) }),
  );
  const changed = fc.record({ file: fc.constantFrom(...files), changes: fc.array(change, { maxLength: 6 }) }).map(({ file, changes }) => changes.reduce(apply, Buffer.from(file)));
  const magic = fc.constantFrom("\xff\xd8\xff", "\x89PNG\r\n\x1a\n", "RIFF\x40\0\0\0WEBP", "RIFF\x40\0\0\0WEBPVP8X");
  const made = fc.record({ magic, rest: fc.uint8Array({ maxLength: 200 }) }).map(({ magic, rest }) => Buffer.concat([Buffer.from(magic, "latin1"), rest]));
  fc.assert(fc.property(fc.oneof({ weight: 5, arbitrary: changed }, made, fc.uint8Array({ maxLength: 64 })), isRefusedOrClean), { seed: 8, numRuns: 6_000 });
});

test("the cleaning weighs no more than was allowed for it", async () => {
  const options = { absWorkingDir: fileURLToPath(new URL("..", import.meta.url)), entryPoints: ["src/clean.ts"], tsconfig: "tsconfig.json", target: "es2020" };
  const { outputFiles } = await build({ ...options, format: "esm", bundle: true, minify: true, charset: "utf8", write: false });
  assert.ok(gzipSync(outputFiles[0].contents, { level: 9 }).length <= 1_536);
});

function refused(why) {
  return (error) => error instanceof page.Uncleaned && error.message === why;
}

function apply(file, { is, ...how }) {
  const at = how.at % (file.length + 1);
  const around = (middle, skipped = 0) => Buffer.concat([file.subarray(0, at), middle, file.subarray(at + skipped)]);
  if (is === "set") return around(Uint8Array.of(how.byte), 1);
  if (is === "cut") return around(new Uint8Array(0), how.length);
  if (is === "end") return file.subarray(0, at);
  if (is === "put") return around(how.bytes);
  return around(file.subarray(how.from % (file.length + 1)).subarray(0, how.length));
}

function isRefusedOrClean(file) {
  // The same bytes in the middle of others: what is there must make no difference.
  const wide = new Uint8Array(file.length + 64).fill(0xa5);
  wide.set(file, 32);
  const inside = wide.subarray(32, 32 + file.length);
  const [once, again] = [attempt(new Uint8Array(file)), attempt(inside)];
  assert.deepEqual(once, again);
  if (once instanceof page.Uncleaned) return;
  assert.ok(once.length <= file.length + 30 * (file.length / 4));
  assert.deepEqual(attempt(once), once);
}

function attempt(file) {
  try {
    const parts = page.clean(file);
    for (const part of parts.filter(({ buffer }) => buffer === file.buffer)) {
      assert.ok(part.byteOffset >= file.byteOffset && part.byteOffset + part.length <= file.byteOffset + file.length);
    }
    return new Uint8Array(Buffer.concat(parts));
  } catch (error) {
    if (!(error instanceof page.Uncleaned)) throw error;
    return error;
  }
}
