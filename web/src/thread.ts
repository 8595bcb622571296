// The thread key of one tip and what is derived from it (PROTOCOL.md section 3).

import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { bech32 } from "@scure/base";
import { crockford, utf8 } from "./bytes.js";
import { identityOf } from "./identity.js";

/** A thread key as an age identity, and the names that follow from it. */
export interface Thread {
  /** `AGE-SECRET-KEY-PQ-1…`: the secret. */
  readonly identity: string;
  /** `age1pq1…`: what the letter is sealed to. */
  readonly recipient: string;
  /** Id text of the tip. */
  readonly id: string;
  /** Upload token, in hex. */
  readonly token: string;
  /** Hex of its SHA-256. */
  readonly uploadHash: string;
}

/** A thread from fresh random bytes. */
export function newThread(): Thread {
  const seed = randomBytes(32);
  try {
    return threadFrom(seed);
  } finally {
    seed.fill(0);
  }
}

/** The thread whose 32-byte secret is `seed`. */
export function threadFrom(seed: Uint8Array): Thread {
  const token = derive(seed, "knothole/upload/v1");
  return {
    identity: identityOf(seed),
    recipient: recipientOf(seed),
    id: crockford(sha256(derive(seed, "knothole/custody/v1"))),
    token: bytesToHex(token),
    uploadHash: bytesToHex(sha256(token)),
  };
}

/** Tells the site with these twelve words that the tip `id` is for it, and nobody else which site that is. */
export function siteMark(words: string, id: string): string {
  return bytesToHex(sha256(utf8(`knothole/site/v1\n${words}\n${id}`)).subarray(0, 8));
}

/** The recipient (`age1pq1…`) of the hybrid identity whose secret is `seed`; typage has this behind all other key types. */
export function recipientOf(seed: Uint8Array): string {
  return bech32.encode("age1pq", bech32.toWords(MLKEM768X25519.getPublicKey(seed)), false);
}

/** One of the 32-byte secrets that hang off a thread key. */
export function derive(seed: Uint8Array, info: string): Uint8Array {
  return hkdf(sha256, seed, undefined, utf8(info), 32);
}
