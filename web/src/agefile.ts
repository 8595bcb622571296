// One age file for one hybrid recipient. The format is typage's; this is its `Encrypter` without the
// recipient types the page never uses, so that they are left out of the script.

import { encodeHeader, encodeHeaderNoMAC } from "age/format.js";
import { readAll, stream } from "age/io.js";
import { HybridRecipient } from "age/recipients.js";
import { encryptSTREAM } from "age/stream.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { join, utf8 } from "./bytes.js";

/** The start of an age file that only the identity behind `recipient` (`age1pq1…`) opens, and the key for what follows it. */
export function ageHead(recipient: string): { readonly head: Uint8Array; readonly streamKey: Uint8Array } {
  const fileKey = randomBytes(16);
  const stanzas = new HybridRecipient(recipient).wrapFileKey(fileKey);
  const macKey = hkdf(sha256, fileKey, undefined, utf8("header"), 32);
  const mac = hmac(sha256, macKey, encodeHeaderNoMAC(stanzas));
  const nonce = randomBytes(16);
  const streamKey = hkdf(sha256, fileKey, nonce, utf8("payload"), 32);
  fileKey.fill(0);
  macKey.fill(0);
  return { head: join([encodeHeader(stanzas, mac), nonce]), streamKey };
}

/** Seals `plaintext` so that only the identity behind `recipient` opens it. */
export async function sealTo(recipient: string, plaintext: Uint8Array): Promise<Uint8Array> {
  const { head, streamKey } = ageHead(recipient);
  try {
    return join([head, await readAll(stream(plaintext).pipeThrough(encryptSTREAM(streamKey)))]);
  } finally {
    streamKey.fill(0);
  }
}
