// A voice that was recorded: what becomes of its pitch, its length and its loudness, and what the file of it has room for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./page.mjs";

const { lowered, RATE, samplesOf, wavOf } = page;
const going = new AbortController().signal;

/** Something like a vowel: a pitch with what sounds above it, `seconds` long. */
function vowel(hz, seconds) {
  const swing = (at, times) => Math.sin((2 * Math.PI * hz * times * at) / RATE) / times;
  return Float32Array.from({ length: seconds * RATE }, (_, at) => 0.3 * [1, 2, 3, 4, 5].reduce((sum, times) => sum + swing(at, times), 0));
}

/** How strong this pitch is in the middle of what is heard. */
function strength(samples, hz) {
  let [a, b] = [0, 0];
  const [from, to] = [samples.length / 4, (3 * samples.length) / 4].map(Math.floor);
  for (let at = from; at < to; at++) {
    a += samples[at] * Math.cos((2 * Math.PI * hz * at) / RATE);
    b += samples[at] * Math.sin((2 * Math.PI * hz * at) / RATE);
  }
  return Math.hypot(a, b);
}

/** The lowest pitch that stands out, to a hertz. */
function pitch(samples) {
  const all = Array.from({ length: 340 }, (_, at) => ({ hz: 60 + at, strong: strength(samples, 60 + at) }));
  return all.reduce((best, one) => (one.strong > best.strong ? one : best)).hz;
}

test("every pitch comes down by the factor, and the words take as long as they did", async () => {
  for (const hz of [95, 130, 210, 300]) {
    for (const factor of [0.7, 0.75, 0.8]) {
      const voice = vowel(hz, 2);
      const low = await lowered(voice, factor, going);
      assert.equal(low.length, voice.length);
      assert.ok(Math.abs(pitch(low) - hz * factor) <= 2, `${hz} by ${factor}: ${pitch(low)}`);
      assert.ok(strength(low, hz * factor) > 5 * strength(low, hz), `${hz} by ${factor}: the old pitch is still there`);
    }
  }
});

test("no voice is left where somebody stopped, and silence stays silence", async () => {
  const stopped = new AbortController();
  const lowering = lowered(vowel(200, 20), 0.75, stopped.signal);
  stopped.abort();
  assert.equal(await lowering, null);
  assert.ok((await lowered(new Float32Array(RATE), 0.75, going)).every((sample) => sample === 0));
  assert.equal((await lowered(new Float32Array(0), 0.75, going)).length, 0);
});

test("what is heard at one moment is heard at that moment", async () => {
  const voice = new Float32Array(3 * RATE);
  voice.set(vowel(150, 1), RATE);
  const low = await lowered(voice, 0.75, going);
  const loud = (from, to) => low.subarray(from * RATE, to * RATE).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  assert.ok(loud(0, 0.95) < 0.01 && loud(1.05, 1.95) > 0.3 && loud(2.05, 3) < 0.01);
});

test("the file is a WAV of 16 bits, has nothing but sound in it, and is as loud for a whisper as for a shout", () => {
  const wav = wavOf(vowel(150, 1));
  const view = new DataView(wav.buffer);
  assert.equal(wav.length, 44 + 2 * RATE);
  assert.equal(Buffer.from(wav.subarray(0, 16)).toString("latin1").replace(/....(?=WAVE)/s, ""), "RIFFWAVEfmt ");
  assert.deepEqual([view.getUint32(4, true), view.getUint16(22, true), view.getUint32(24, true), view.getUint16(34, true), view.getUint32(40, true)], [wav.length - 8, 1, RATE, 16, 2 * RATE]);
  assert.deepEqual(Buffer.from(wavOf(vowel(150, 1).map((sample) => sample / 50))).subarray(0, 44), Buffer.from(wav.subarray(0, 44)));
  const loudest = (samples) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  for (const times of [1, 1 / 50]) assert.ok(Math.abs(loudest(samplesOf(wavOf(vowel(150, 1).map((sample) => sample * times)))) - 30_000 / 32_768) < 1e-3);
});
