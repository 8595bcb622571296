// A voice instead of written words, with a tone for a voice: what is heard, changed, listened to, sent and saved, and that the microphone
// is off and nothing left whenever somebody stops, leaves or says no.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { page as web } from "../../web/test/page.mjs";
import { startChromium } from "./chromium.mjs";
import { on, press, shown } from "./code.mjs";
import { SAFER, startFirefox } from "./firefox.mjs";
import { keepsOf, searchProfile } from "./profile.mjs";
import { HELP_LINE, startNeutralPage, startSite } from "./site.mjs";
import { stage } from "./stage.mjs";
import { until } from "./tab.mjs";

const TONE_HZ = 440;
/** Between which parts of its pitch a voice comes (PROTOCOL.md section 4.4). */
const [LOWEST, HIGHEST] = [0.7, 0.8];
let site;
let neutral;
let dir;

stage(async (keep) => {
  dir = await mkdtemp(join(tmpdir(), "knothole-voice-"));
  await keep(Promise.resolve({ stop: () => rm(dir, { recursive: true }) }));
  const tone = Float32Array.from({ length: 10 * web.RATE }, (_, at) => 0.5 * Math.sin((2 * Math.PI * TONE_HZ * at) / web.RATE));
  await writeFile(join(dir, "tone.wav"), web.wavOf(tone));
  site = await keep(startSite());
  neutral = await keep(startNeutralPage());
});

/** Firefox lets nothing sound where nothing could be heard of it, as on a machine without a loudspeaker. */
const LOUDSPEAKER = { "media.cubeb.force_mock_context": true };

/** A browser in which somebody hums into the microphone and lets pages hear it. */
const humming = {
  Chromium: () => startChromium({ flags: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-audio-capture=${join(dir, "tone.wav")}`] }),
  Firefox: () =>
    startFirefox({
      prefs: { ...LOUDSPEAKER, "media.navigator.streams.fake": true, "media.navigator.permission.disabled": true, "media.navigator.audio.fake_frequency": TONE_HZ },
    }),
};
/** One in which they do not let it. */
const refusing = {
  Chromium: () => startChromium({ flags: ["--use-fake-device-for-media-stream"] }),
  Firefox: () => startFirefox({ prefs: { "media.navigator.streams.fake": true, "permissions.default.microphone": 2 } }),
};

/** Runs in a page before its own scripts: keeps what it makes to hear and to sound with. */
function watchSound() {
  const seen = (globalThis.seen = { tracks: [], contexts: [], heard: [], played: [] });
  const Real = globalThis.AudioContext;
  globalThis.AudioContext = class extends Real {
    constructor() {
      super();
      seen.contexts.push(this);
    }
  };
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  globalThis.mayAnswer = Promise.resolve();
  devices.getUserMedia = async (what) => {
    const stream = await ask(what);
    seen.tracks.push(...stream.getTracks());
    await globalThis.mayAnswer;
    return stream;
  };
  const { getChannelData, copyToChannel } = AudioBuffer.prototype;
  AudioBuffer.prototype.getChannelData = function (channel) {
    const samples = getChannelData.call(this, channel);
    const some = samples.slice(samples.length / 2).slice(0, 16);
    if (some.length > 0 && some.every((sample) => sample !== 0)) seen.heard.push(btoa(String.fromCharCode(...new Uint8Array(some.buffer))));
    return samples;
  };
  AudioBuffer.prototype.copyToChannel = function (samples, channel) {
    seen.played.push([...samples]);
    return copyToChannel.call(this, samples, channel);
  };
}

/** Runs in a page: how many microphones hear, and how many contexts are there still. */
const stillOn = () => [
  globalThis.seen.tracks.filter((track) => track.readyState === "live").length,
  globalThis.seen.contexts.filter(({ state }) => state !== "closed").length,
];

/** No microphone hears, from this moment on; browsers take a while to put away what comes behind it. */
async function assertOff(tab) {
  assert.equal((await tab.run(stillOn))[0], 0);
  await until(async () => (await tab.run(stillOn))[1] === 0);
}

/** Somebody who came from another page and whose letter was sent; their exit leads to a page on this machine. */
async function whoSent(browser, story, prepare = watchSound) {
  const tab = await browser.newTab();
  if (prepare !== null) await tab.prepare(prepare);
  await tab.open(`${neutral.url}before`);
  await tab.open(site.form);
  await tab.sees("#start-actions");
  await tab.run((url) => (document.getElementById("leave").href = url), `${neutral.url}weather`);
  await press(tab, "[data-to=fast]");
  await tab.tap("#fast");
  await tab.type(story);
  await press(tab, "[data-send]");
  await tab.sees("[data-screen=sent] .actions button:nth-last-child(1)");
  return tab;
}

const said = (tab) => tab.run(() => document.querySelector("[data-screen]:not([hidden]) .status").textContent);
const says = (tab, words) => until(async () => (await said(tab)).startsWith(words));
const OFFER = ".actions button:nth-last-child(2)";

/** Begins to speak, and has for a second. */
async function speak(tab) {
  await press(tab, OFFER);
  await on(tab, ".go");
  await says(tab, "It is on. You can talk for 3 min.");
  await until(() => tab.run(() => globalThis.seen.contexts.at(-1).currentTime > 1.2));
}

/** Has spoken: what was said is on the list. */
async function spoken(tab) {
  await speak(tab);
  await press(tab, ".go");
  assert.equal(await shown(tab), "files");
}

const strength = (samples, hz) => {
  const sum = (of) => samples.reduce((all, sample, at) => all + sample * of((2 * Math.PI * hz * at) / web.RATE), 0);
  return Math.hypot(sum(Math.cos), sum(Math.sin));
};

for (const [name, start] of Object.entries(humming)) {
  test(`in ${name} what was said can be listened to, goes to the desk as it was heard there, in another pitch, and stays in no file`, async () => {
    const story = `I cannot write, ${name}`;
    const browser = await start();
    try {
      const tab = await whoSent(browser, story);
      await spoken(tab);
      await assertOff(tab);
      assert.match(await tab.run(() => document.getElementById("picked").textContent), /^Voice 1 \(0\.\d MB\)This is how you sound now\./);
      await tab.tap("#picked .actions button");
      await until(() => tab.run(() => globalThis.seen.contexts.at(-1).currentTime > 0.1));
      await tab.tap("#picked .actions button");
      await assertOff(tab);
      await tab.tap("[data-screen=files] .go:not(#picked *)");
      await says(tab, "We have it all.");
      const { heard, played } = await tab.run(() => globalThis.seen);

      const { id } = (await site.inbox(HELP_LINE)).find((tip) => tip.story === story);
      const { files } = JSON.parse(await site.desk(HELP_LINE, "attachments", id, "--json"));
      assert.deepEqual(files.map(({ type, state, note, name }) => ({ type, state, note, name })), [{ type: "audio/wav", state: "whole", note: undefined, name: undefined }]);
      const path = join(dir, `${id}.wav`);
      await site.desk(HELP_LINE, "save", id, "1", "-o", path);
      const wav = await readFile(path);
      const samples = [...web.samplesOf(wav)];
      assert.deepEqual(samples, played[0]);
      const pitches = Array.from({ length: 300 }, (_, at) => 200 + at);
      const pitch = pitches.reduce((best, hz) => (strength(samples, hz) > strength(samples, best) ? hz : best));
      assert.ok(pitch >= LOWEST * TONE_HZ - 2 && pitch <= HIGHEST * TONE_HZ + 2, `${pitch} Hz`);
      assert.ok(strength(samples, pitch) > 10 * strength(samples, TONE_HZ), "what was said is in it as it was");

      assert.deepEqual(await tab.run(keepsOf), []);
      await browser.kill();
      assert.ok(heard.length > 1);
      const middle = 44 + 2 * Math.floor(samples.length / 2);
      for (const some of [wav.subarray(middle, middle + 32), ...heard.slice(0, 8).map((bytes) => Buffer.from(bytes, "base64"))]) {
        assert.deepEqual(await searchProfile(browser.profile, some), []);
      }
    } finally {
      await browser.close();
    }
  });

  test(`in ${name} the microphone is off and nothing is left as soon as somebody takes it off the list, goes back, or leaves`, async () => {
    const browser = await start();
    try {
      const tab = await whoSent(browser, `I changed my mind, ${name}`);
      await spoken(tab);
      await tab.tap("#picked .actions button:last-child");
      assert.equal(await tab.run(() => document.getElementById("picked").children.length), 0);
      await on(tab, ".go");
      await says(tab, "Pick a photo or a file first.");
      await press(tab, ".back");
      await speak(tab);
      await press(tab, ".back");
      await assertOff(tab);
      // Whoever goes back while the browser still asks is heard no more than whoever never came.
      await press(tab, OFFER);
      await tab.run(() => void (globalThis.mayAnswer = new Promise((answer) => (globalThis.answer = answer))));
      await on(tab, ".go");
      await until(() => tab.run(() => globalThis.seen.tracks.some(({ readyState }) => readyState === "live")));
      await press(tab, ".back");
      await tab.run(() => globalThis.answer());
      await until(async () => (await tab.run(stillOn))[0] === 0);
      await assertOff(tab);
      await speak(tab);
      await tab.run(() => dispatchEvent(new Event("pagehide")));
      await assertOff(tab);
      assert.equal(await shown(tab), "start");

      for (const way of [speak, spoken]) {
        const leaving = await whoSent(browser, `to leave by, ${name}`);
        await way(leaving);
        const depth = await leaving.run(() => history.length);
        await leaving.tap("#leave");
        await leaving.arrive(`${neutral.url}weather`);
        for (const [step, place] of [[-1, "before"], [1, "weather"], [-1, "before"], [0, "before"]]) {
          await (step === 0 ? leaving.reload() : leaving.go(step));
          await leaving.arrive(`${neutral.url}${place}`);
          assert.equal(await leaving.run(() => history.length), depth);
        }
      }
    } finally {
      await browser.close();
    }
  });

  test(`in ${name} who does not let the page hear is told so and loses nothing`, async () => {
    const browser = await refusing[name]();
    try {
      const tab = await whoSent(browser, `do not listen, ${name}`);
      await press(tab, OFFER);
      await on(tab, ".go");
      await says(tab, "We could not use the mic. We have your words.");
      await assertOff(tab);
      await press(tab, ".back");
      await press(tab, ".actions button:last-child");
      assert.equal(await shown(tab), "files");
    } finally {
      await browser.close();
    }
  });
}

test("where a browser has nothing to hear with, as Tor Browser, no voice is asked for, and files are", async () => {
  const browser = await startFirefox({ prefs: { ...SAFER, "media.navigator.enabled": false } });
  try {
    const tab = await whoSent(browser, "by Tor", null);
    assert.equal(await tab.run(() => navigator.mediaDevices?.getUserMedia === undefined), true);
    const offers = await tab.run(() => [...document.querySelectorAll("[data-screen=sent] .actions button")].filter((one) => one.checkVisibility()).map((one) => one.textContent));
    assert.deepEqual(offers, ["Leave this page", "Add photos or files"]);
  } finally {
    await browser.close();
  }
});
