// A client of tus that others wrote, and that has never seen this project, at the real server: what it puts there is whole in the
// end, also where its line broke.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { page } from "../../web/test/page.mjs";
import { startSite } from "./site.mjs";
import { stage } from "./stage.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const tus = require("tus-js-client");

let site;

stage(async (keep) => {
  site = await keep(startSite());
});

/** A letter that is stored, and the right to put files under it. */
async function sentTip() {
  const html = await (await fetch(site.form)).text();
  const keyring = page.parseKeyring(/<script type="application\/json" id="keyring">(.*?)<\/script>/s.exec(html)[1]);
  const answers = { lang: "en", route: "full", readers: [0], story: "The motel by the highway." };
  const tip = await page.sealTip(answers, keyring, new page.Decoys(keyring.agencies.length), new Date(), page.throwaway());
  const answer = await fetch(new URL(`/tips/${tip.id}`, site.form), { method: "PUT", headers: { "Content-Type": "application/x-tar" }, body: tip.body });
  assert.equal(answer.status, 201);
  return tip;
}

/** A sealed file of so many bytes. */
async function sealedFile(length) {
  const attachment = new page.Attachment(new Blob([Buffer.alloc(length, "film ")]));
  return Buffer.from(await attachment.read(0, Infinity));
}

/** Puts a file there; `stopAt` cuts it off once so much is safe. Gives its address and every request that was made. */
function put(tip, file, { chunkSize, stopAt = Infinity, uploadUrl = null }) {
  const requests = [];
  return new Promise((done, fail) => {
    const upload = new tus.Upload(file, {
      endpoint: new URL(`/uploads/${tip.id}`, site.form).href,
      uploadUrl,
      chunkSize,
      headers: { Authorization: `Bearer ${tip.token}` },
      retryDelays: [0, 100, 200],
      onBeforeRequest: (request) => void requests.push(request.getMethod()),
      onChunkComplete: (_, safe) => {
        if (safe >= stopAt) void upload.abort().then(() => done({ url: upload.url, requests }));
      },
      onError: fail,
      onSuccess: () => done({ url: upload.url, requests }),
    });
    upload.start();
  });
}

async function offset(tip, url) {
  const answer = await fetch(url, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0", Authorization: `Bearer ${tip.token}` } });
  return Number(answer.headers.get("Upload-Offset"));
}

test("a stranger's client puts a file there in parts", async () => {
  const [tip, file] = [await sentTip(), await sealedFile(3_000_000)];
  const { url, requests } = await put(tip, file, { chunkSize: 1_048_576 });
  assert.deepEqual(requests, ["POST", "PATCH", "PATCH", "PATCH"]);
  assert.equal(await offset(tip, url), file.length);
});

test("a stranger's client that sends all at once is taken, too", async () => {
  const [tip, file] = [await sentTip(), await sealedFile(10_000_000)];
  const { url, requests } = await put(tip, file, { chunkSize: Infinity });
  assert.deepEqual(requests, ["POST", "PATCH"]);
  assert.equal(await offset(tip, url), file.length);
});

test("a stranger's client that was cut off goes on where it was", async () => {
  const [tip, file] = [await sentTip(), await sealedFile(3_000_000)];
  const { url } = await put(tip, file, { chunkSize: 524_288, stopAt: 1_048_576 });
  assert.equal(await offset(tip, url), 1_048_576);
  const { requests } = await put(tip, file, { chunkSize: 524_288, uploadUrl: url });
  assert.equal(requests[0], "HEAD");
  assert.equal(await offset(tip, url), file.length);
});

test("a stranger's client hears that a length is none of a sealed file", async () => {
  const tip = await sentTip();
  await assert.rejects(put(tip, Buffer.alloc(100_000), { chunkSize: Infinity }), /unexpected response.*400/);
});
