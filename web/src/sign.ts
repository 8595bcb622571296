// Ed25519, by a library: browsers have had one of their own only for a while.

import { getPublicKey, hashes, sign as signWith } from "@noble/ed25519";
import { sha512 } from "@noble/hashes/sha2.js";

// Without it the library would ask the browser, which has no answer where the line is not a safe one.
hashes.sha512 = sha512;

/** The public key of the key whose seed is `seed`. */
export function publicKey(seed: Uint8Array): Uint8Array {
  return getPublicKey(seed);
}

/** The signature of `message`, 64 bytes, always the same for the same message. */
export function sign(seed: Uint8Array, message: Uint8Array): Uint8Array {
  return signWith(message, seed);
}
