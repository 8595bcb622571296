// The screen on which a person speaks instead of writing. What it gives away is said before anything is heard; what is heard is changed
// as soon as they stop, and what it was before is overwritten.

import { randomBytes } from "@noble/hashes/utils.js";
import { show, shownScreen } from "../form/screens.js";
import { lowered } from "../voice/lower.js";
import { mayHear, Microphone, MOST_SECONDS } from "../voice/microphone.js";
import { wavOf } from "../voice/wav.js";
import { actions, back, button, heading, line, screen, status } from "./build.js";
import { text } from "./said.js";

/** Between what part of its pitch a voice is brought to: low enough to be another, and still to be understood. */
const LOWEST = 0.7;
const SPAN = 0.1;

/** See the module. */
export class Voice {
  /** The way to the screen; hidden where nothing could be heard. */
  readonly offer = button("voice-add", () => show("voice"));
  #going: AbortController | null = null;
  #microphone: Microphone | null = null;
  readonly #status = status();
  readonly #tapped = button("voice-start", () => void (this.#microphone === null ? this.#begin() : this.#end()), "go");

  constructor(private readonly onSpoken: (wav: Uint8Array) => void) {
    this.offer.hidden = true;
    screen(
      "voice",
      back(() => {
        this.#drop();
        show("sent");
      }),
      heading("voice-heading"),
      line("voice-what"),
      line("voice-trace"),
      actions(this.#tapped, this.#status),
    );
    // Out of sight nobody sees that it hears.
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && void this.#end());
  }

  /** It may be asked for from now on. */
  arm(): void {
    this.offer.hidden = !mayHear();
  }

  /** Hears nothing more, drops what was said, and is not to be had any more. */
  wipe(): void {
    this.#drop();
    this.offer.hidden = true;
  }

  #drop(): void {
    this.#going?.abort();
    this.#microphone?.off();
    this.#rest("");
  }

  async #begin(): Promise<void> {
    if (this.#going !== null) return;
    const going = (this.#going = new AbortController());
    this.#say("voice-ask");
    const hearing = { onHeard: () => this.#say("voice-going"), onFull: () => void this.#end() };
    const microphone = await Microphone.on(hearing, going.signal).catch(() => null);
    if (going.signal.aborted) return;
    if (microphone === null) return this.#rest(text("voice-none"));
    this.#microphone = microphone;
    this.#tapped.textContent = text("voice-stop");
  }

  /** Changes what was heard, and gives it away. */
  async #end(): Promise<void> {
    const [microphone, signal] = [this.#microphone, this.#going?.signal];
    if (microphone === null || signal === undefined) return;
    this.#microphone = null;
    this.#tapped.disabled = true;
    this.#say("voice-wait");
    const wav = await changed(microphone, signal).catch(() => null);
    if (signal.aborted) return void wav?.fill(0);
    this.#rest(wav === null ? text("voice-none") : "");
    if (wav !== null && shownScreen() === "voice") this.onSpoken(wav);
  }

  #say(name: string): void {
    this.#status.textContent = text(name, { minutes: String(MOST_SECONDS / 60) });
  }

  #rest(said: string): void {
    this.#going = this.#microphone = null;
    this.#tapped.disabled = false;
    this.#tapped.textContent = text("voice-start");
    this.#status.textContent = said;
  }
}

/** The file of what was heard, in another voice. Null where there was nothing to hear, or `signal` says to stop. */
async function changed(microphone: Microphone, signal: AbortSignal): Promise<Uint8Array | null> {
  const heard = await microphone.take();
  const low = await lowered(heard, LOWEST + (SPAN * (randomBytes(1)[0] ?? 0)) / 255, signal);
  heard.fill(0);
  const wav = low === null || low.every((sample) => sample === 0) ? null : wavOf(low);
  low?.fill(0);
  return wav;
}
