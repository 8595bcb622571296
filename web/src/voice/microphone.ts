// The microphone, from when a person asks for it to when they stop. What is heard lies in this page's memory alone: a recorder of the
// browser's own would put longer ones into files.

import { RATE } from "./wav.js";

/** Seconds that are heard at most. */
export const MOST_SECONDS = 180;
/** Samples that come at a time. */
const AT_ONCE = 4_096;
/** Above that there is nothing that speech needs, and nothing that `RATE` could hold. */
const HIGHEST_HZ = 7_000;

/** Whether there could be one. A browser that guards against being known may say no. */
export function mayHear(): boolean {
  return typeof AudioContext === "function" && typeof OfflineAudioContext === "function" && typeof navigator.mediaDevices?.getUserMedia === "function";
}

/** What becomes of hearing. */
export interface Hearing {
  /** The first of it was heard: a browser may also give a microphone from which nothing comes. */
  readonly onHeard: () => void;
  /** There will be no more: it is as much as there may be, or the microphone was taken away. */
  readonly onFull: () => void;
}

/** See the module. */
export class Microphone {
  #chunks: Float32Array[] = [];
  #length = 0;
  /** Held here: a browser may throw away what nothing else refers to. */
  readonly #processor: ScriptProcessorNode;

  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
    { onHeard, onFull }: Hearing,
  ) {
    this.#processor = context.createScriptProcessor(AT_ONCE, 1, 1);
    this.#processor.onaudioprocess = ({ inputBuffer }) => {
      if (this.#length >= MOST_SECONDS * context.sampleRate) return onFull();
      if (this.#length === 0) onHeard();
      this.#chunks.push(inputBuffer.getChannelData(0).slice());
      this.#length += AT_ONCE;
    };
    const filters = [1, 2].map(() => new BiquadFilterNode(context, { type: "lowpass", frequency: HIGHEST_HZ }));
    const way: AudioNode[] = [context.createMediaStreamSource(stream), ...filters, this.#processor, context.destination];
    way.reduce((from, to) => from.connect(to));
    for (const track of stream.getTracks()) track.onended = onFull;
  }

  /** Asks for it, and hears from then on. Rejects where there is none, or the person said no; null where `signal` came first. */
  static async on(hearing: Hearing, signal: AbortSignal): Promise<Microphone | null> {
    const context = new AudioContext();
    // What cleans a call of noise takes quiet speech for noise.
    const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false };
    const stream = await navigator.mediaDevices.getUserMedia({ audio }).catch((error: unknown) => {
      void context.close();
      throw error;
    });
    if (!signal.aborted) {
      void context.resume();
      return new Microphone(stream, context, hearing);
    }
    stop(stream);
    void context.close();
    return null;
  }

  /** Hears nothing more, at once; drops what was heard. */
  off(): void {
    stop(this.stream);
    this.#processor.onaudioprocess = null;
    if (this.context.state !== "closed") void this.context.close();
    for (const chunk of this.#chunks) chunk.fill(0);
    this.#chunks = [];
  }

  /** Hears nothing more, and gives what was heard, `RATE` samples a second. */
  async take(): Promise<Float32Array> {
    stop(this.stream);
    this.#processor.onaudioprocess = null;
    const { sampleRate } = this.context;
    const offline = new OfflineAudioContext(1, Math.max(1, Math.ceil((this.#length * RATE) / sampleRate)), RATE);
    const heard = offline.createBuffer(1, Math.max(1, this.#length), sampleRate);
    this.#chunks.forEach((chunk, at) => heard.getChannelData(0).set(chunk, at * AT_ONCE));
    this.off();
    const source = new AudioBufferSourceNode(offline, { buffer: heard });
    source.connect(offline.destination);
    source.start();
    const rendered = await offline.startRendering();
    heard.getChannelData(0).fill(0);
    return rendered.getChannelData(0);
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
