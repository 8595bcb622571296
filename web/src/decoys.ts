// Decoys in stock: made in the pauses while the person types, so that sending is quick on a slow phone
// and takes no longer for those who picked few.

import { makeDecoy } from "./capsule.js";

/** Time between two decoys, so that typing never stutters for long. */
const PAUSE_MS = 150;

/** Half a decoy's work is as long as a tap may have to wait on a slow phone. */
const rest = () => new Promise<void>((go) => setTimeout(go));

/** A stock of decoys, as many as a tip has capsules. */
export class Decoys {
  readonly #size: number;
  #ready: Uint8Array[] = [];
  #working = false;

  constructor(size: number) {
    this.#size = size;
  }

  /** Starts filling the stock, if nobody has yet. Returns at once. */
  warm(): void {
    if (this.#working || this.#ready.length >= this.#size) return;
    this.#working = true;
    setTimeout(() => void this.#makeOne(), PAUSE_MS);
  }

  /** A decoy that was never used before. */
  async take(): Promise<Uint8Array> {
    return this.#ready.pop() ?? makeDecoy();
  }

  async #makeOne(): Promise<void> {
    this.#ready.push(await makeDecoy(rest));
    this.#working = false;
    this.warm();
  }
}
