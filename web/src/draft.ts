// What the page holds between two taps: no words (they stay in the fields), only sealed bytes and decoys.

import { Decoys } from "./decoys.js";
import type { Signer } from "./link.js";
import type { SealedTip } from "./seal.js";

/** The tip in the making. */
export class Draft {
  /** Fills up while the person types. */
  decoys: Decoys;
  /** The tip as it was last sealed; the same bytes go again until a field changes. */
  sealed: SealedTip | null = null;
  /** The words of the code that the sealed tip carries the keys of; null when it carries none. */
  words: readonly string[] | null = null;
  /** The hand that wrote an earlier letter, while the person adds to it. */
  again: Signer | null = null;
  /** Stops the sending under way. */
  sending: AbortController | null = null;
  /** A tip was put on the line and nobody said what became of it. */
  isInDoubt = false;

  constructor(private readonly size: number) {
    this.decoys = new Decoys(size);
  }

  /** After a change of any field the sealed tip is no longer what the person means. */
  change(): void {
    this.drop();
    this.decoys.warm();
  }

  /** Ends the sending under way, if there is one. */
  stop(): void {
    this.sending?.abort();
    this.sending = null;
  }

  /** Back to how it was when the page was opened. */
  wipe(): void {
    this.drop();
    this.decoys = new Decoys(this.size);
    this.isInDoubt = false;
    this.again = null;
  }

  private drop(): void {
    this.stop();
    this.sealed?.body.fill(0);
    this.sealed = null;
    this.words = null;
  }
}
