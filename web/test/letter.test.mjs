import assert from "node:assert/strict";
import { test } from "node:test";
import { answersOf, page } from "./page.mjs";

const ID = "A".repeat(52);
const AT = new Date("2026-11-24T10:14:59.999Z");
const read = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));

test("a letter holds what was answered and nothing that was not asked", () => {
  const letter = read(page.writeLetter(answersOf("help", [2, 0]), ID, AT));
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
  const lengths = [1, 900, 3_500, 3_999, 16_000, 60_000, 261_900].map((n) => page.writeLetter(answersOf("x".repeat(n)), ID, AT).length);
  assert.deepEqual(lengths, [4_096, 4_096, 4_096, 16_384, 16_384, 65_536, 262_144]);
});

test("words beyond the largest bucket are refused, and counted in bytes", () => {
  assert.equal(page.fits(answersOf("x".repeat(261_900))), true);
  assert.equal(page.fits(answersOf("x".repeat(262_144))), false);
  assert.equal(page.fits(answersOf("あ".repeat(90_000))), false);
  assert.throws(() => page.writeLetter(answersOf("x".repeat(262_144)), ID, AT), page.TooLong);
});

test("half an emoji does not break the letter", () => {
  const letter = read(page.writeLetter(answersOf("a\ud83d b \ude00\ud83d\ude00"), ID, AT));
  assert.equal(letter.story, "a\ufffd b \ufffd\ud83d\ude00");
});

test("control characters come through as they were typed", () => {
  const story = "\u0000\u001b[31m\r\n\t\"\\ \u2028\u202e";
  assert.equal(read(page.writeLetter(answersOf(story), ID, AT)).story, story);
});
