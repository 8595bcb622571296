// A list of 2,048 words: what stands for eleven bits of a receipt code, and which word somebody meant.

/** Words of a list that are offered for one that is not on it. */
const OFFERED = 3;
/** A word that is further off was not meant. */
const FURTHEST = 2;
/** In Latin scripts so many letters tell a word from all others. */
const ENOUGH = 4;
const LENGTH = 2_048;

/** One language's words; its order is the bits. */
export class WordList {
  readonly #words: readonly string[];
  readonly #folded: readonly string[];
  /** Every sign is a word, so that nobody puts spaces. */
  readonly #isSigns: boolean;

  /** Reads words that are parted by spaces; throws when they are not 2,048 different ones. */
  constructor(text: string) {
    this.#words = text.trim().split(/\s+/);
    this.#folded = this.#words.map(fold);
    this.#isSigns = this.#words.every((word) => [...word].length === 1);
    if (new Set(this.#folded).size !== LENGTH || this.#words.length !== LENGTH) throw new Error("not a list of words");
  }

  /** The word for these bits. */
  word(bits: number): string {
    return this.#words[bits] ?? "";
  }

  /** The words of a text as they were typed, folded: capitals, accents, digits and signs between them say nothing. */
  parts(text: string): string[] {
    const parts = fold(text).split(" ").filter((part) => part !== "");
    return this.#isSigns ? parts.flatMap((part) => [...part]) : parts;
  }

  /** The bits of one part of a text; none when it is no word and no beginning that is long enough. */
  bits(part: string): number | undefined {
    const whole = this.#folded.indexOf(part);
    if (whole >= 0) return whole;
    if (part.length < ENOUGH || !/^[a-z]+$/.test(part)) return undefined;
    const begun = this.#folded.findIndex((word) => word.startsWith(part));
    return begun < 0 ? undefined : begun;
  }

  /** Every way to read `letters`, typed without a space, as so many whole words. */
  *split(letters: string, count: number): Generator<number[]> {
    if (count === 0) {
      if (letters === "") yield [];
      return;
    }
    for (let length = Math.min(letters.length, LONGEST); length > 0; length--) {
      const bits = this.#folded.indexOf(letters.slice(0, length));
      if (bits < 0) continue;
      for (const rest of this.split(letters.slice(length), count - 1)) yield [bits, ...rest];
    }
  }

  /** The words nearest to a part that is none, the nearest first; none when nothing is near. */
  nearest(part: string): string[] {
    if (this.#isSigns) return [];
    // Whoever pastes a page of letters must not wait: what is far longer than a word is not compared with any.
    const alike = this.#folded.map((word, bits) => ({ word, bits })).filter(({ word }) => Math.abs(word.length - part.length) <= FURTHEST);
    const far = alike.map(({ word, bits }) => ({ bits, steps: steps(part, word) }));
    const near = far.filter(({ steps }) => steps <= Math.min(FURTHEST, part.length - 1));
    return near.sort((a, b) => a.steps - b.steps || a.bits - b.bits).slice(0, OFFERED).map(({ bits }) => this.word(bits));
  }
}

/** Letters of the longest word of any list, as `fold` leaves it: Korean ones come apart. */
const LONGEST = 12;

/** Lower case without the accents that a keyboard may lack; whatever is no letter parts words. */
function fold(text: string): string {
  const apart = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  return apart.toLowerCase().replace(/[^\p{L}\p{M}]+/gu, " ").trim();
}

/** How many letters must be put in, taken out, changed or swapped with their neighbour to make one of the other. */
function steps(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const change = (row[j - 1] ?? 0) + (isSame ? 0 : 1);
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? Infinity;
}
