import assert from "node:assert/strict";
import { pbkdf2Sync } from "node:crypto";
import { test } from "node:test";
import { page } from "./page.mjs";

const nonce = "00112233445566778899aabbccddeeff";
const salt = "ffeeddccbbaa99887766554433221100";
const challenge = { parameters: { algorithm: "PBKDF2/SHA-256", cost: 10, keyLength: 32, keyPrefix: "0", nonce, salt }, signature: "ab" };
const asked = JSON.stringify(challenge);
const signal = new AbortController().signal;

const keyOf = (counter) => {
  const password = Buffer.concat([Buffer.from(nonce, "hex"), Buffer.alloc(4)]);
  password.writeUInt32BE(counter, 16);
  return pbkdf2Sync(password, Buffer.from(salt, "hex"), 10, 32, "sha256").toString("hex");
};

test("the first key that begins as it should is found, and the challenge goes back as it came", async () => {
  const { challenge: back, solution } = JSON.parse(await page.workFor(asked, signal));
  assert.deepEqual(back, challenge);
  assert.equal(solution.derivedKey, keyOf(solution.counter));
  assert.ok(solution.derivedKey.startsWith("0"));
  for (let counter = 0; counter < solution.counter; counter++) assert.ok(!keyOf(counter).startsWith("0"));
});

test("a server that asks for hours of work gets none", async () => {
  const parameters = { ...challenge.parameters, cost: 1e9 };
  assert.equal(await page.workFor(JSON.stringify({ ...challenge, parameters }), signal), null);
  parameters.cost = 1;
  parameters.keyPrefix = "no key begins like this";
  assert.equal(await page.workFor(JSON.stringify({ ...challenge, parameters }), signal), null);
});

test("whoever leaves works no more", async () => {
  await assert.rejects(page.workFor(asked, AbortSignal.abort()));
});
