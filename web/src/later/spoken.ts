// One voice in the list of what is to be sent: the very bytes that will go, to be listened to, and taken off the list.

import type { Content } from "../attachment.js";
import type { Outgoing } from "../files.js";
import { RATE, samplesOf } from "../voice/wav.js";
import { button, line, make } from "./build.js";
import { megabytes, text } from "./said.js";

/** Bytes that are in the page's memory and nowhere else, and can be wiped there. */
class Held implements Content {
  constructor(private readonly bytes: Uint8Array) {}

  get size(): number {
    return this.bytes.length;
  }

  slice(from: number, to: number): Held {
    return new Held(this.bytes.subarray(from, to));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.bytes.slice().buffer as ArrayBuffer;
  }

  wipe(): void {
    this.bytes.fill(0);
  }
}

/** See the module. */
export class Spoken {
  readonly element: HTMLElement;
  /** What it is called here. */
  readonly name: string;
  readonly #held: Held;
  readonly #outgoing: Outgoing;
  readonly #play: HTMLButtonElement;
  readonly #remove: HTMLButtonElement;
  #playing: AudioContext | null = null;

  constructor(
    private readonly wav: Uint8Array,
    number: number,
    onRemove: () => void,
  ) {
    this.#held = new Held(wav);
    this.#outgoing = { blob: this.#held, type: "audio/wav" };
    this.name = text("voice-item", { number: String(number) });
    const size = text("file-size", { all: megabytes(wav.length) });
    const title = make("h2", { textContent: `${this.name} (${size})`, id: `file-${number}` });
    this.#play = button("voice-play", () => this.#turn());
    this.#remove = button("file-remove", () => {
      this.element.remove();
      this.wipe();
      onRemove();
    });
    for (const part of [this.#play, this.#remove]) part.setAttribute("aria-describedby", title.id);
    this.element = make("div", { className: "note" }, title, line("voice-changed"), make("div", { className: "actions" }, this.#play, this.#remove));
  }

  /** What is to be sent of it. */
  outgoing(): Outgoing {
    return this.#outgoing;
  }

  /** Brings the person to where they can listen. */
  focus(): void {
    this.#play.focus();
  }

  /** While it is on its way it stays; it can be listened to all the same. */
  setHeld(isHeld: boolean): void {
    this.#remove.disabled = isHeld;
  }

  /** Falls silent, and overwrites what was said. */
  wipe(): void {
    this.#rest();
    this.#held.wipe();
  }

  #turn(): void {
    if (this.#playing !== null) return this.#rest();
    const context = (this.#playing = new AudioContext());
    const samples = samplesOf(this.wav);
    const buffer = context.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.onended = () => context === this.#playing && this.#rest();
    source.connect(context.destination);
    source.start();
    this.#play.textContent = text("voice-stop");
  }

  #rest(): void {
    void this.#playing?.close();
    this.#playing = null;
    this.#play.textContent = text("voice-play");
  }
}
