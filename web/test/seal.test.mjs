import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createHash } from "node:crypto";
import { answersOf, keyringOf, page, SITE } from "./page.mjs";
import { entry, entryNames, open, openTip } from "./stock.mjs";

const NOW = new Date("2026-11-24T10:07:00Z");
let identities;
let recipients;

before(async () => {
  identities = await Promise.all([0, 1, 2].map(() => generateHybridIdentity()));
  recipients = await Promise.all(identities.map((identity) => identityToRecipient(identity)));
});

const seal = (readers, story = "help", keyring = keyringOf(recipients)) =>
  page.sealTip(answersOf(story, readers), keyring, new page.Decoys(3), NOW, page.throwaway());

test("a reader who was picked opens the tip with tar and age alone", async () => {
  const { id, body } = await seal([1], "Room 12");
  const { capsule, letter } = await openTip(body, { number: 1, identity: identities[1] });
  assert.equal(letter.story, "Room 12");
  assert.equal(letter.id, id);
  assert.match(capsule, new RegExp(`^# knothole tip ${id}\n# letter sha256 [0-9a-f]{64}\nAGE-SECRET-KEY-PQ-1[0-9A-Z]{58}\n$`));
});

test("a reader who was not picked opens nothing", async () => {
  const { body } = await seal([0, 2]);
  for (const number of [0, 1, 2]) {
    await assert.rejects(open(identities[1], entry(body, `capsule-${number}.age`)));
  }
});

test("tips look alike whoever was picked", async () => {
  const shape = ({ body }) => entryNames(body).map((name) => [name, entry(body, name).length]);
  const shapes = await Promise.all([[0], [2], [0, 1, 2]].map(async (readers) => shape(await seal(readers))));
  assert.deepEqual(shapes[0], [["about", 256], ["letter.age", 5_755], ["capsule-0.age", 1_886], ["capsule-1.age", 1_886], ["capsule-2.age", 1_886]]);
  assert.deepEqual(shapes[1], shapes[0]);
  assert.deepEqual(shapes[2], shapes[0]);
});

test("a closed agency gets a capsule like any other", async () => {
  const { body } = await seal([0], "help", keyringOf([recipients[0], null]));
  assert.equal(entry(body, "capsule-1.age").length, 1_886);
});

test("no file has a second stanza", async () => {
  const { body } = await seal([0]);
  for (const name of entryNames(body).slice(1)) {
    const header = Buffer.from(entry(body, name).subarray(0, 1_627)).toString();
    assert.match(header, /^age-encryption\.org\/v1\n-> mlkem768x25519 [A-Za-z0-9+/]{1494}\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n$/);
  }
});

test("about names the id, the keyring, the mark of the site and the upload hash, and nothing else", async () => {
  const { id, body } = await seal([0]);
  const text = Buffer.from(entry(body, "about")).toString();
  const mark = createHash("sha256").update(`knothole/site/v1\n${SITE}\n${id}`).digest("hex").slice(0, 16);
  assert.match(text, new RegExp(`^{"format":1,"id":"${id}","keyring":3,"site":"${mark}","upload":"[0-9a-f]{64}"} +\n$`));
});

test("an agency without a key, an unknown one or nobody cannot be sealed for", async () => {
  await assert.rejects(seal([1], "help", keyringOf([recipients[0], null])));
  await assert.rejects(seal([7]));
  await assert.rejects(seal([]));
});

test("two tips of the same words share no capsule, letter or id", async () => {
  const [one, two] = [await seal([0]), await seal([0])];
  assert.notEqual(one.id, two.id);
  for (const name of entryNames(one.body)) assert.notDeepEqual(entry(one.body, name), entry(two.body, name));
});

test("decoys in stock are used once", async () => {
  const decoys = new page.Decoys(2);
  const taken = await Promise.all([decoys.take(), decoys.take(), decoys.take()]);
  assert.equal(new Set(taken.map((bytes) => Buffer.from(bytes).toString("hex"))).size, 3);
});
