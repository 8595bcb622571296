import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./page.mjs";

const receipt = await page.receiptOf(page.newCode(), "00".repeat(32));
const said = (text, more = {}) => page.utf8(JSON.stringify({ format: 1, written: "2026-11-26", lang: "en", text, ...more }).padEnd(4_096, " "));
const seal = (text, more) => page.sealTo(receipt.replyTo, said(text, more));
const open = (answer) => page.openReplies(answer, receipt);

/** An answer as the server writes it, with whatever stood in the room it left over. */
function answerOf(files, count = files.length) {
  const answer = Buffer.alloc(page.ANSWER_BYTES, 7);
  answer.writeUInt32BE(count);
  let at = 4;
  for (const file of files) {
    answer.writeUInt32BE(file.length, at);
    answer.set(file, at + 4);
    at += 4 + file.length;
  }
  return new Uint8Array(answer);
}

test("replies are opened in the order in which they came, as they were written", async () => {
  const texts = ["newest\n<b>ñ</b> 助", "before"];
  const { replies, unread } = await open(answerOf(await Promise.all(texts.map((text) => seal(text)))));
  assert.deepEqual(replies.map(({ text }) => text), texts);
  assert.deepEqual([replies[0].written, replies[0].lang, unread], ["2026-11-26", "en", 0]);
});

test("an empty mailbox and one that is not there give nothing", async () => {
  assert.deepEqual(await open(answerOf([])), { replies: [], unread: 0 });
});

test("what is sealed to another, changed, cut, or no reply is counted and not shown", async () => {
  const other = await page.receiptOf(page.newCode(), "00".repeat(32));
  const changed = await seal("changed");
  changed[40] ^= 1;
  const header = await seal("header");
  header[1_600] ^= 1;
  const files = [
    await page.sealTo(other.replyTo, said("for another")),
    changed,
    header,
    (await seal("cut")).slice(0, -20),
    await seal("later", { format: 2 }),
    await seal(7),
    await page.sealTo(receipt.replyTo, page.utf8("no JSON")),
    await seal("right"),
  ];
  const { replies, unread } = await open(answerOf(files));
  assert.deepEqual([replies.map(({ text }) => text), unread], [["right"], 7]);
});

test("counts and lengths that lie break nothing", async () => {
  const one = await seal("one");
  for (const count of [2, 11, 0xffff_ffff]) assert.equal((await open(answerOf([one], count))).replies.length, 1);
  const long = answerOf([]);
  long.set([0, 0, 0, 1, 0xff, 0xff, 0xff, 0xff]);
  assert.deepEqual(await open(long), { replies: [], unread: 0 });
});

test("a request has one length and one form, whatever it asks for", () => {
  for (const act of ["read", "delete"]) {
    const body = Buffer.from(page.mailboxRequest(receipt, act));
    assert.equal(body.length, 256);
    assert.deepEqual(JSON.parse(body), { id: receipt.mailbox, token: receipt.token, act });
  }
});

test("a request for older replies says how many of the newest it passes over, in the same length; one for the newest says nothing of it", () => {
  const asked = (...of) => {
    const body = Buffer.from(page.mailboxRequest(receipt, ...of));
    assert.equal(body.length, 256);
    return JSON.parse(body);
  };
  for (const skip of [1, 11, 95]) assert.deepEqual(asked("read", skip), { id: receipt.mailbox, token: receipt.token, act: "read", skip });
  assert.deepEqual(asked("read", 0), asked("read"));
  assert.ok(!("skip" in asked("read")));
});

test("an answer that is full holds as many replies as have room in it", async () => {
  const { length } = await seal("one");
  assert.equal(Math.floor((page.ANSWER_BYTES - 4) / (4 + length)), page.PER_ANSWER);
  const full = Array.from({ length: page.PER_ANSWER }, () => seal("one of many"));
  assert.equal((await open(answerOf(await Promise.all(full)))).replies.length, page.PER_ANSWER);
});

test("with a code nothing that was sent can be opened", async () => {
  const decoys = new page.Decoys(1);
  const fields = page.receiptFields(receipt);
  const answers = { lang: "en", route: "full", readers: [0], story: "mine" };
  const agency = { number: 0, kind: "help_line", status: "open", recipient: page.recipientOf(new Uint8Array(32).fill(9)) };
  const keyring = { version: 0, expires: "2027-01-01", site: "a", genesis: "00", agencies: [agency] };
  const { body } = await page.sealTip(answers, keyring, decoys, new Date(), { seed: receipt.signer, fields });
  const length = (at) => parseInt(Buffer.from(body.slice(at + 124, at + 135)).toString(), 8);
  for (let at = 0; body[at] !== 0; at += 512 + 512 * Math.ceil(length(at) / 512)) {
    const file = body.slice(at + 512, at + 512 + length(at));
    await assert.rejects(page.openWith(receipt.identity, file));
  }
});
