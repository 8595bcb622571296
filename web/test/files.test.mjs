// Files that follow a tip: whoever can open its letter can open them and nobody else, and none counts as sent before it is listed.

import { Decrypter } from "age-encryption";
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, beforeEach, test } from "node:test";
import { page } from "./page.mjs";
import { samples } from "./pictures.mjs";
import { open } from "./stock.mjs";
import { tusServer } from "./tus-server.mjs";

const thread = page.newThread();
const never = () => new AbortController().signal;
let site;
let line;

before(async () => {
  site = await tusServer(thread);
});
after(() => site.close());
beforeEach(() => {
  site.uploads.clear();
  Object.assign(site, { requests: [], faults: [] });
  line = { fetch: site.fetch, pause: async () => undefined, onRetry: () => undefined, onMove: () => undefined, now: () => 0 };
});

const fileOf = (length, more = {}) => ({ blob: new Blob([new Uint8Array(length).fill(length % 251)]), type: "image/png", ...more });
const manifests = () => [...site.uploads.values()].filter(({ isManifest }) => isManifest);

/** What a manifest lists, each with its bytes. */
async function listed({ bytes }) {
  const { format, id, files } = JSON.parse(await open(thread.identity, bytes));
  assert.deepEqual([format, id], [1, thread.id]);
  return Promise.all(files.map(async (file) => ({ ...file, bytes: await opened(file) })));
}

async function opened({ upload, key, size, sha256 }) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  const bytes = (await decrypter.decrypt(site.uploads.get(upload).bytes, "uint8array")).subarray(0, size);
  assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
  return bytes;
}

test("files arrive one after the other, and the manifest last", async () => {
  const files = [fileOf(70_000, { note: "removed" }), fileOf(10, { type: "video/mp4" }), fileOf(300_000, { note: "kept" })];
  const sending = new page.Files(thread, line);
  assert.equal(await sending.run(files, never()), "done");
  assert.deepEqual([...site.uploads.values()].map(({ isManifest }) => isManifest), [false, false, false, true]);
  const found = await listed(manifests()[0]);
  assert.deepEqual(found.map(({ type, note, size }) => [type, note, size]), [["image/png", "removed", 70_000], ["video/mp4", undefined, 10], ["image/png", "kept", 300_000]]);
  for (const [at, { bytes }] of found.entries()) assert.ok(Buffer.from(bytes).equals(Buffer.from(await files[at].blob.arrayBuffer())));
});

test("what was stopped goes on where it was, and sends nothing twice", async () => {
  const files = [fileOf(70_000), fileOf(900_000)];
  const stop = new AbortController();
  const sending = new page.Files(thread, { ...line, onMove: (offset) => offset > 200_000 && stop.abort() });
  assert.equal(await sending.run(files, stop.signal), "stopped");
  const { done, all } = sending.progress(files);
  assert.ok(done > 270_000 && done < all);
  assert.deepEqual(manifests(), []);
  assert.equal(await sending.run(files, never()), "done");
  assert.equal(site.uploads.size, 3);
  assert.equal((await listed(manifests()[0])).length, 2);
});

test("a file that was taken off the list is not listed", async () => {
  const files = [fileOf(70_000), fileOf(20)];
  const sending = new page.Files(thread, line);
  site.faults = [null, null, { status: 413 }];
  assert.equal(await sending.run(files, never()), "too-much");
  assert.equal(await sending.run([files[1]], never()), "done");
  assert.deepEqual((await listed(manifests()[0])).map(({ size }) => size), [20]);
});

test("a second round has a manifest of its own", async () => {
  const sending = new page.Files(thread, line);
  assert.equal(await sending.run([fileOf(30)], never()), "done");
  assert.equal(await sending.run([fileOf(40)], never()), "done");
  const sizes = await Promise.all(manifests().map(async (manifest) => (await listed(manifest)).map(({ size }) => size)));
  assert.deepEqual(sizes, [[30], [40]]);
});

test("a file that cannot be read any more is named, and those before it are not lost", async () => {
  const gone = { ...fileOf(10), blob: { size: 10, slice: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }) } };
  const files = [fileOf(50), gone];
  const sending = new page.Files(thread, line);
  assert.equal(await sending.run(files, never()), gone);
  assert.equal(await sending.run([files[0]], never()), "done");
  assert.equal(site.uploads.size, 3);
});

test("what was wiped while it was on its way is not listed, and nothing more of it is sent", async () => {
  const stop = new AbortController();
  const sending = new page.Files(thread, { ...line, onMove: (offset) => offset > 0 && (stop.abort(), sending.wipe()) });
  assert.equal(await sending.run([fileOf(900_000)], stop.signal), "stopped");
  const sent = site.requests.length;
  assert.deepEqual([sent, manifests()], [2, []]);
});

test("a photo is made ready without its note, a name never leaves the page, and what is no clean photo says so", async () => {
  const { file, secrets } = (await samples())["a JPEG"];
  const photo = await page.prepare(new File([file], "secret name.png", { type: "image/png" }));
  assert.deepEqual([photo.type, photo.isPhoto, photo.blob.name, photo.blob.type], ["image/jpeg", true, undefined, ""]);
  const cleaned = Buffer.from(await photo.cleaned.arrayBuffer());
  assert.ok(cleaned.length > 100 && secrets.every((secret) => !cleaned.includes(secret)));

  const heic = await page.prepare(new File(["\0\0\0\x18ftypheic and so on"], "a.jpg", { type: "image/jpeg" }));
  assert.deepEqual([heic.type, heic.isPhoto, heic.cleaned], ["image/heic", true, null]);
  const cut = await page.prepare(new File([file.subarray(0, 200)], "a.jpg", { type: "image/jpeg" }));
  assert.deepEqual([cut.type, cut.cleaned], ["image/jpeg", null]);
  const film = await page.prepare(new File(["\0\0\0\x18ftypmp42"], "a.mp4", { type: "video/mp4" }));
  assert.deepEqual([film.type, film.isPhoto, film.cleaned], ["video/mp4", false, null]);
  const odd = await page.prepare(new File(["?"], "a", { type: 'text/plain; name="me"' }));
  assert.deepEqual([odd.type, odd.isPhoto, odd.cleaned], ["application/octet-stream", false, null]);
  await assert.rejects(page.prepare({ size: 9, type: "", slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) }));
});

test("a tip gives what its files need, and its body tells nothing of it", async () => {
  const recipients = [thread.recipient];
  const keyring = { format: 1, version: 3, expires: "2027-01-31", site: "hamster", agencies: [{ number: 0, kind: "police", status: "open", recipient: recipients[0] }] };
  const { id, token, recipient, body } = await page.sealTip({ lang: "en", route: "full", readers: [0], story: "x" }, keyring, new page.Decoys(1), new Date(), page.throwaway());
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.match(recipient, /^age1pq1/);
  const text = Buffer.from(body).toString("latin1");
  assert.ok(!text.includes(token) && !text.includes(recipient) && text.includes(createHash("sha256").update(Buffer.from(token, "hex")).digest("hex")));
  assert.ok(text.includes(id));
});
