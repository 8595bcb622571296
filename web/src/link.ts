// The link of a letter: by it whoever holds the first letter sees that another is by the same hand, and nobody else does
// (PROTOCOL.md section 4.1). Every letter has one, most of them under a key that is thrown away.

import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { join, utf8 } from "./bytes.js";
import type { ReceiptFields } from "./receipt.js";
import { publicKey, sign } from "./sign.js";

/** Who signs a letter. */
export interface Signer {
  /** Seed of an Ed25519 key. */
  readonly seed: Uint8Array;
  /** What the letter says of the code behind the key; null when there is none, or when an earlier letter said it. */
  readonly fields: ReceiptFields | null;
}

/** What a link adds to a letter, in bytes. */
export const LINK_BYTES = utf8(`,"link":${JSON.stringify({ nonce: "0".repeat(64), mac: "0".repeat(64), signature: "0".repeat(128) })}`).length;

/** Nobody who will be heard of again. */
export function throwaway(): Signer {
  return { seed: randomBytes(32), fields: null };
}

/** The letter whose JSON this is, with its link: the last field, of which the signature is the last. */
export function link(json: string, id: string, { seed }: Signer): Uint8Array {
  const key = publicKey(seed);
  const nonce = randomBytes(32);
  const mac = hmac(sha256, key, join([utf8("knothole/link/v1"), nonce, utf8(id)]));
  const signed = utf8(`${json.slice(0, -1)},"link":{"nonce":"${bytesToHex(nonce)}","mac":"${bytesToHex(mac)}"`);
  const message = join([utf8("knothole/follow-up/v1\n"), signed]);
  try {
    return join([signed, utf8(`,"signature":"${bytesToHex(sign(seed, message))}"}}`)]);
  } finally {
    signed.fill(0);
    message.fill(0);
  }
}
