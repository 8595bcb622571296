import assert from "node:assert/strict";
import { createHash, createHmac, createPublicKey, verify } from "node:crypto";
import { test } from "node:test";
import { answersOf, page } from "./page.mjs";

const ID = "A".repeat(52);
const AT = new Date("2026-11-24T10:14:59.999Z");
const GENESIS = createHash("sha256").update("a site").digest("hex");
const receipt = await page.receiptOf(page.newCode(), GENESIS);
const signer = { seed: receipt.signer, fields: page.receiptFields(receipt) };
const write = (answers, signer = page.throwaway()) => page.writeLetter(answers, ID, AT, signer);
const read = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

test("a letter holds what was answered and nothing that was not asked", () => {
  const { link, ...letter } = read(write(answersOf("help", [2, 0])));
  assert.deepEqual(Object.keys(link), ["nonce", "mac", "signature"]);
  assert.deepEqual(letter, {
    format: 1,
    id: ID,
    created: "2026-11-24T10:00Z",
    lang: "en",
    route: "full",
    readers: [0, 2],
    story: "help",
  });
});

test("created is the quarter hour before", () => {
  const minutes = ["00:00", "14:59", "15:00", "44:00", "45:30"].map((time) => page.quarterHour(new Date(`2026-11-24T10:${time}Z`)));
  assert.deepEqual(minutes.map((text) => text.slice(14)), ["00Z", "00Z", "15Z", "30Z", "45Z"]);
});

test("a letter's length says only its bucket", () => {
  const lengths = [1, 900, 1_300, 1_600, 13_500, 60_000, 259_400].map((n) => write(answersOf("x".repeat(n))).length);
  assert.deepEqual(lengths, [4_096, 4_096, 4_096, 16_384, 16_384, 65_536, 262_144]);
});

test("words beyond the largest bucket are refused, and counted in bytes", () => {
  assert.equal(page.fits(answersOf("x".repeat(259_400))), true);
  assert.equal(page.fits(answersOf("x".repeat(262_144))), false);
  assert.equal(page.fits(answersOf("あ".repeat(90_000))), false);
  assert.throws(() => write(answersOf("x".repeat(262_144))), page.TooLong);
});

test("half an emoji does not break the letter", () => {
  const letter = read(write(answersOf("a\ud83d b \ude00\ud83d\ude00")));
  assert.equal(letter.story, "a\ufffd b \ufffd\ud83d\ude00");
});

test("control characters come through as they were typed", () => {
  const story = "\u0000\u001b[31m\r\n\t\"\\ \u2028\u202e";
  assert.equal(read(write(answersOf(story))).story, story);
});

test("what fits is written with a code and without one, to the byte", () => {
  const longest = (() => {
    let n = 259_000;
    while (page.fits(answersOf("x".repeat(n + 1)))) n += 1;
    return answersOf("x".repeat(n));
  })();
  assert.equal(write(longest).length, 262_144);
  assert.equal(write(longest, signer).length, 262_144);
  assert.throws(() => write({ ...longest, story: `${longest.story}x` }), page.TooLong);
});

test("the size of a letter does not say whether there is a code", () => {
  assert.equal(JSON.stringify(signer.fields).length - 1, page.RECEIPT_BYTES);
  for (let n = 1_350; n < 1_550; n += 1) {
    const answers = answersOf("x".repeat(n));
    assert.equal(write(answers).length, write(answers, signer).length, String(n));
  }
});

test("with a code the letter has its fields before the link", () => {
  const letter = read(write(answersOf("help"), signer));
  assert.deepEqual(Object.keys(letter).slice(-4), ["reply_to", "follow_up_key", "mailbox", "link"]);
  assert.deepEqual({ reply_to: letter.reply_to, follow_up_key: letter.follow_up_key, mailbox: letter.mailbox }, signer.fields);
});

test("a link is a MAC under the public key and a signature of every byte before it", () => {
  const text = Buffer.from(write(answersOf("Ayúdenme \u2028"), signer)).toString().trimEnd();
  const [, signed, signature] = /^(.*),"signature":"([0-9a-f]{128})"}}$/s.exec(text);
  const raw = Buffer.from(signer.fields.follow_up_key, "hex");
  const key = createPublicKey({ key: Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]), format: "der", type: "spki" });
  const isSigned = (message) => verify(null, Buffer.from(message), key, Buffer.from(signature, "hex"));
  assert.ok(isSigned(`knothole/follow-up/v1\n${signed}`));
  assert.ok(!isSigned(`knothole/follow-up/v1\n${signed.replace("Ay", "ay")}`));
  const { nonce, mac } = JSON.parse(text).link;
  const expected = createHmac("sha256", raw).update("knothole/link/v1").update(Buffer.from(nonce, "hex")).update(ID);
  assert.equal(mac, expected.digest("hex"));
});

test("a follow-up and a first letter without a code have the very same fields", () => {
  const fields = (by) => {
    const { link, ...letter } = read(write(answersOf("help"), by));
    return [letter, Object.entries(link).map(([name, value]) => [name, value.length])];
  };
  assert.deepEqual(fields({ seed: signer.seed, fields: null }), fields(page.throwaway()));
});

test("no two letters share anything of a link, though one hand signed both", () => {
  const [one, two] = [1, 2].map(() => Object.values(read(write(answersOf("help"), signer)).link));
  for (const value of one) assert.ok(!two.includes(value));
});
