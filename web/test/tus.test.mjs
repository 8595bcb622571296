// Uploads over a line that breaks in every way: what arrives is whole, once, and what cannot arrive is said.

import { Decrypter } from "age-encryption";
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import fc from "fast-check";
import { page } from "./page.mjs";
import { tusServer } from "./tus-server.mjs";

const PLACE = { id: "0".repeat(52), token: "ab".repeat(32) };
const PIECE = 65_552;
let site;

before(async () => {
  site = await tusServer(PLACE);
});
after(() => site.close());
beforeEach(() => {
  site.uploads.clear();
  Object.assign(site, { requests: [], faults: [] });
});

/** Sealed bytes that are made anew for each place, as an attachment makes them. */
const sourceOf = (length) => ({
  length,
  asked: [],
  async read(from, pieces) {
    this.asked.push({ from, pieces });
    return Uint8Array.from({ length: Math.min(pieces * PIECE, length - from) }, (_, at) => ((from + at) * 13) % 253);
  },
});

function lineOf(more = {}) {
  const line = { pauses: [], moves: [], retries: 0, clock: 0 };
  return Object.assign(line, {
    fetch: site.fetch,
    pause: async (ms) => void line.pauses.push(ms),
    onRetry: () => line.retries++,
    onMove: (offset) => line.moves.push(offset),
    now: () => (line.clock += 10_000),
    ...more,
  });
}

const never = () => new AbortController().signal;
const only = () => [...site.uploads.values()].at(-1);

async function put(length, faults, more = {}) {
  const source = sourceOf(length);
  const line = lineOf(more);
  site.faults = faults;
  const upload = new page.Upload(PLACE, source, line);
  const ending = await upload.run(never());
  return { ending, source, line, upload };
}

async function isWhole(length) {
  const { bytes } = only();
  assert.ok(bytes.equals(Buffer.from(await sourceOf(length).read(0, Infinity))), `${bytes.length} of ${length} bytes`);
}

test("a file goes in parts, each where the one before it ended", async () => {
  const length = 9 * PIECE + 5;
  const { ending, line, upload } = await put(length, []);
  assert.equal(ending, "done");
  await isWhole(length);
  assert.deepEqual(line.moves, [0, 4 * PIECE, 8 * PIECE, length]);
  assert.deepEqual([upload.offset, upload.name, line.pauses], [length, "u0", []]);
});

test("requests carry what tus asks for and the right to put, and nothing of the browser's", async () => {
  const options = [];
  await put(PIECE, [], { fetch: (path, how) => (options.push({ path, ...how }), site.fetch(path, how)) });
  const right = { "Tus-Resumable": "1.0.0", Authorization: `Bearer ${PLACE.token}` };
  const quiet = { cache: "no-store", credentials: "omit", keepalive: false, redirect: "error", referrerPolicy: "no-referrer" };
  const [created, sent] = options.map(({ signal, body, ...rest }) => rest);
  assert.deepEqual(created, { path: `/uploads/${PLACE.id}`, method: "POST", headers: { ...right, "Upload-Length": String(PIECE) }, ...quiet });
  const headers = { ...right, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0" };
  assert.deepEqual(sent, { path: `/uploads/${PLACE.id}/u0`, method: "PATCH", headers, ...quiet });
});

test("a manifest says that it is one", async () => {
  const upload = new page.Upload(PLACE, sourceOf(5_755), lineOf(), "manifest");
  assert.equal(await upload.run(never()), "done");
  assert.equal(only().isManifest, true);
});

test("a part whose answer was lost is not sent again", async () => {
  const { ending } = await put(6 * PIECE, [null, "answer lost"]);
  assert.equal(ending, "done");
  await isWhole(6 * PIECE);
  assert.deepEqual(site.requests.map(({ method }) => method), ["POST", "PATCH", "HEAD", "PATCH"]);
});

test("a part that broke in the middle goes on where the server has it", async () => {
  const { ending, source } = await put(6 * PIECE, [null, { cutAfter: PIECE + 77 }]);
  assert.equal(ending, "done");
  await isWhole(6 * PIECE);
  assert.deepEqual(source.asked.map(({ from }) => from), [0, PIECE + 77, 5 * PIECE + 77]);
});

test("a server that is elsewhere is asked where, and followed", async () => {
  for (const fault of [{ status: 409 }, { status: 460 }, { status: 204, headers: { "Upload-Offset": "7" } }, { status: 204 }, { status: 500 }, { status: 200 }]) {
    site.uploads.clear();
    site.requests = [];
    const { ending } = await put(6 * PIECE, [null, null, fault]);
    assert.equal(ending, "done");
    await isWhole(6 * PIECE);
    assert.deepEqual(site.requests.map(({ method }) => method), ["POST", "PATCH", "PATCH", "HEAD", "PATCH"]);
  }
});

test("an upload that somebody else still holds, and a busy server, are waited for", async () => {
  const { ending, line } = await put(PIECE, [null, { status: 423 }, { status: 423 }, { status: 503, headers: { "Retry-After": "45" } }, { status: 429 }, { status: 507 }]);
  assert.equal(ending, "done");
  await isWhole(PIECE);
  assert.deepEqual(line.pauses, [1_000, 2_000, 45_000, 8_000, 15_000]);
});

test("after a break a part is small again, and grows while all goes quickly", async () => {
  const line = { clock: 0 };
  const { source } = await put(90 * PIECE, [null, null, null, "no answer"], { now: () => (line.clock += 1_000) });
  await isWhole(90 * PIECE);
  assert.deepEqual(source.asked.map(({ pieces }) => pieces), [4, 8, 16, 4, 8, 16, 32, 64]);
});

test("a broken line costs at most one part", async () => {
  const length = 40 * PIECE;
  const { source } = await put(length, [null, null, "no answer", null, null, "no answer", null, "answer lost"]);
  const ends = source.asked.map(({ from, pieces }) => Math.min(length, from + pieces * PIECE));
  const sent = source.asked.reduce((sum, { from }, at) => sum + ends[at] - from, 0);
  assert.ok(sent <= length + 2 * 4 * PIECE, String(sent - length));
});

test("creating is tried again, too, and a strange place is not believed", async () => {
  const elsewhere = (Location) => ({ status: 201, headers: { Location } });
  const faults = ["no answer", { status: 503 }, { status: 200 }, elsewhere("https://example.org/u"), elsewhere(`/uploads/${PLACE.id}/../x`), elsewhere(`/uploads/${"1".repeat(52)}/u`), { status: 201 }];
  const { ending, line } = await put(PIECE, faults);
  assert.equal(ending, "done");
  assert.equal(line.pauses.length, 7);
});

test("a page that something on the way answers with is no answer", async () => {
  const html = { status: 200, headers: { "Content-Type": "text/html" } };
  const { ending } = await put(PIECE, [html, null, html, html, html]);
  assert.equal(ending, "done");
  await isWhole(PIECE);
});

test("a server that says it has more than it was sent is not believed", async () => {
  const { ending, source } = await put(6 * PIECE, [null, { status: 409 }, { status: 200, headers: { "Upload-Offset": String(5 * PIECE), "Upload-Length": String(6 * PIECE) } }]);
  assert.equal(ending, "done");
  assert.deepEqual(source.asked.map(({ from }) => from), [0, 0, 4 * PIECE]);
  await isWhole(6 * PIECE);
});

test("what the server forgot is put again from the start, with the same bytes, a few times", async () => {
  const { ending, upload } = await put(6 * PIECE, [null, null, { status: 404 }]);
  assert.equal(ending, "done");
  await isWhole(6 * PIECE);
  assert.deepEqual([upload.name, site.uploads.size], ["u1", 2]);
  const forgets = { status: 410 };
  const again = await put(6 * PIECE, [null, forgets, null, forgets, null, forgets, null, forgets]);
  assert.equal(again.ending, "refused");
});

test("refusals that no retry can change are said at once", async () => {
  for (const [status, ending] of [[400, "refused"], [401, "refused"], [403, "refused"], [404, "refused"], [410, "refused"], [412, "refused"], [413, "too-much"], [415, "refused"]]) {
    assert.equal((await put(PIECE, [{ status }])).ending, ending, String(status));
  }
  for (const [status, ending] of [[403, "refused"], [413, "too-much"], [415, "refused"]]) {
    assert.equal((await put(PIECE, [null, { status }])).ending, ending, String(status));
  }
});

test("a closed server is not asked for an hour", async () => {
  const { ending, line } = await put(PIECE, [null, { status: 503, headers: { "Retry-After": "3600" } }]);
  assert.deepEqual([ending, line.pauses], ["busy", []]);
});

test("without a line it gives up after some minutes, and goes on when it is run again", async () => {
  let isDown = false;
  const fetch = (path, how) => (isDown ? Promise.reject(new TypeError("no line")) : site.fetch(path, how));
  const line = lineOf({ fetch, onMove: () => (isDown = true) });
  const upload = new page.Upload(PLACE, sourceOf(6 * PIECE), line);
  assert.equal(await upload.run(never()), "lost");
  assert.ok(line.pauses.length === 20 && line.pauses.reduce((sum, ms) => sum + ms) >= 8 * 60_000);
  isDown = false;
  line.onMove = () => undefined;
  assert.equal(await upload.run(never()), "done");
  await isWhole(6 * PIECE);
  assert.equal(site.uploads.size, 1);
});

test("once stopped it sends nothing more, and goes on when it is run again", async () => {
  const stop = new AbortController();
  const line = lineOf({ onMove: (offset) => offset > 0 && stop.abort() });
  const upload = new page.Upload(PLACE, sourceOf(9 * PIECE), line);
  assert.equal(await upload.run(stop.signal), "stopped");
  assert.equal(site.requests.length, 2);
  assert.equal(await upload.run(stop.signal), "stopped");
  assert.equal(site.requests.length, 2);
  assert.equal(await upload.run(never()), "done");
  await isWhole(9 * PIECE);
});

test("what was stopped while it waited is not told to be tried again", async () => {
  const stop = new AbortController();
  site.faults = [{ status: 503 }];
  const line = lineOf({ pause: async () => stop.abort() });
  assert.equal(await new page.Upload(PLACE, sourceOf(PIECE), line).run(stop.signal), "stopped");
  assert.deepEqual([line.retries, site.requests.length], [0, 1]);
});

test("a file that became another ends it", async () => {
  const source = { length: PIECE, read: () => Promise.reject(new page.Changed()) };
  await assert.rejects(new page.Upload(PLACE, source, lineOf()).run(never()), page.Changed);
});

test("whatever breaks, in whatever order, the file arrives whole", async () => {
  const fault = fc.oneof(
    fc.constantFrom(null, "no answer", "answer lost", { status: 423 }, { status: 503 }, { status: 500 }, { status: 409 }, { status: 204 }),
    fc.nat(5 * PIECE).map((cutAfter) => ({ cutAfter })),
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 * PIECE }), fc.array(fault, { maxLength: 14 }), async (length, faults) => {
      site.uploads.clear();
      assert.equal((await put(length, faults)).ending, "done");
      await isWhole(length);
    }),
    { seed: 8, numRuns: 40 },
  );
});

test("a sealed file that was interrupted everywhere opens with age", async () => {
  const plain = Uint8Array.from({ length: 700_001 }, (_, at) => at % 241);
  const attachment = new page.Attachment(new Blob([plain]));
  site.faults = ["answer lost", null, { cutAfter: 1_000 }, null, "answer lost", null, { cutAfter: 200_000 }, "no answer", null, "no answer"];
  assert.equal(await new page.Upload(PLACE, attachment, lineOf()).run(never()), "done");
  const { key, size } = await attachment.describe();
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  const opened = await decrypter.decrypt(only().bytes, "uint8array");
  assert.ok(Buffer.from(opened.subarray(0, size)).equals(plain));
});
