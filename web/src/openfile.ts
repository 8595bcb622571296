// Opens one age file for one hybrid identity. The format is typage's; this is its `Decrypter` without the kinds of identity that the
// page never has.

import { parseHeader } from "age/format.js";
import { readAll, read, stream } from "age/io.js";
import { HybridIdentity } from "age/recipients.js";
import { decryptSTREAM } from "age/stream.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes.js";

/** What the file says to the holder of `identity` (`AGE-SECRET-KEY-PQ-1…`); rejects when it says nothing to them. */
export async function openWith(identity: string, sealed: Uint8Array): Promise<Uint8Array> {
  const { stanzas, headerNoMAC, MAC, rest } = await parseHeader(stream(sealed));
  const fileKey = new HybridIdentity(identity).unwrapFileKey(stanzas);
  if (fileKey === null) throw new Error("sealed to another");
  const macKey = hkdf(sha256, fileKey, undefined, utf8("header"), 32);
  if (!isSame(hmac(sha256, macKey, headerNoMAC), MAC)) throw new Error("the header was changed");
  const { data: nonce, rest: payload } = await read(rest, 16);
  const streamKey = hkdf(sha256, fileKey, nonce, utf8("payload"), 32);
  return readAll(payload.pipeThrough(decryptSTREAM(streamKey)));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
