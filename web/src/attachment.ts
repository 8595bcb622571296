// One file on its way out: sealed to a key of its own, a few pieces at a time, so that memory does not grow with the file
// (PROTOCOL.md section 4.3). From any place on it gives the same bytes again, for as long as the file itself is the same: two
// different contents under one key would give both away, so whatever differs from what was given before is never given.

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { ageHead } from "./agefile.js";
import { join } from "./bytes.js";
import { identityOf } from "./identity.js";
import { padme } from "./padme.js";
import { recipientOf } from "./thread.js";

/** Bytes of the file in one sealed piece. */
const PIECE = 65_536;
const TAG = 16;
/** Up to here the browser makes the hash, which must have the whole file at once for it; without compiled scripts ours is slow. */
const HASHED_AT_ONCE = 32 * 1_048_576;

/** The file cannot be read any more, or is no longer what it was. */
export class Changed extends Error {}

/** What only those may know who open the tip. */
export interface Described {
  /** True length. */
  readonly size: number;
  /** SHA-256 of the file, in hex. */
  readonly sha256: string;
  /** The one-time identity that opens it. */
  readonly key: string;
}

/** What a file is read by; any `Blob` is one. */
export interface Content {
  readonly size: number;
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** See the module. */
export class Attachment {
  /** How long it is once it is sealed. */
  readonly length: number;
  readonly #seed = randomBytes(32);
  readonly #head: Uint8Array;
  readonly #streamKey: Uint8Array;
  readonly #padded: number;
  /** The end of each piece that was given, by which it is known again. */
  readonly #tags: Uint8Array;
  readonly #hash = sha256.create();
  #given = 0;
  #isWiped = false;

  constructor(private readonly file: Content) {
    const { head, streamKey } = ageHead(recipientOf(this.#seed));
    this.#head = head;
    this.#streamKey = streamKey;
    this.#padded = padme(file.size);
    const pieces = Math.ceil(this.#padded / PIECE);
    this.#tags = new Uint8Array(pieces * TAG);
    this.length = head.length + this.#padded + pieces * TAG;
  }

  /** Sealed bytes from `from` to the end of the last of so many pieces. Throws `Changed`. */
  async read(from: number, pieces: number): Promise<Uint8Array> {
    const inside = from - this.#head.length;
    const first = Math.max(0, Math.floor(inside / (PIECE + TAG)));
    const last = Math.min(this.#tags.length / TAG, first + pieces);
    const plain = await this.#plain(first * PIECE, Math.min(last * PIECE, this.#padded));
    try {
      const parts = [this.#head.subarray(Math.min(from, this.#head.length))];
      for (let number = first; number < last; number++) {
        parts.push(this.#seal(number, plain.subarray((number - first) * PIECE, (number - first + 1) * PIECE)));
      }
      return join(parts).subarray(Math.max(0, inside - first * (PIECE + TAG)));
    } finally {
      plain.fill(0);
    }
  }

  /** What the manifest says of it, once all of it was given. */
  async describe(): Promise<Described> {
    if (this.#given * TAG < this.#tags.length) throw new Error("not all of it was sealed");
    return { size: this.file.size, sha256: bytesToHex(await this.#digest()), key: identityOf(this.#seed) };
  }

  /** Drops the keys; it gives nothing more. */
  wipe(): void {
    this.#isWiped = true;
    this.#seed.fill(0);
    this.#streamKey.fill(0);
    this.#tags.fill(0);
    this.#hash.destroy();
  }

  async #plain(from: number, to: number): Promise<Uint8Array> {
    const plain = new Uint8Array(to - from);
    const end = Math.min(to, this.file.size);
    if (from < end) plain.set(await bytesOf(this.file.slice(from, end), end - from));
    return plain;
  }

  #seal(number: number, plain: Uint8Array): Uint8Array {
    if (this.#isWiped) throw new Changed();
    const nonce = new Uint8Array(12);
    const view = new DataView(nonce.buffer);
    view.setUint32(7, number);
    view.setUint8(11, (number + 1) * TAG === this.#tags.length ? 1 : 0);
    const sealed = chacha20poly1305(this.#streamKey, nonce).encrypt(plain);
    const tag = this.#tags.subarray(number * TAG, (number + 1) * TAG);
    if (number < this.#given) {
      if (tag.some((byte, at) => byte !== sealed[plain.length + at])) throw new Changed();
      return sealed;
    }
    if (number > this.#given) throw new Error("a piece was left out");
    tag.set(sealed.subarray(plain.length));
    this.#given++;
    if (!this.#isHashedAtOnce()) this.#hash.update(plain.subarray(0, Math.max(0, this.file.size - number * PIECE)));
    return sealed;
  }

  async #digest(): Promise<Uint8Array> {
    if (!this.#isHashedAtOnce()) return this.#hash.clone().digest();
    return new Uint8Array(await crypto.subtle.digest("SHA-256", (await bytesOf(this.file, this.file.size)) as BufferSource));
  }

  #isHashedAtOnce(): boolean {
    return this.file.size <= HASHED_AT_ONCE && crypto.subtle !== undefined;
  }
}

/** What `blob` holds, if it can be read and is as long as it was. */
async function bytesOf(blob: Pick<Content, "arrayBuffer">, length: number): Promise<Uint8Array> {
  const bytes = await blob.arrayBuffer().catch(() => null);
  if (bytes?.byteLength !== length) throw new Changed();
  return new Uint8Array(bytes);
}
