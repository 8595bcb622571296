// Capsules: the thread key for one agency, or a decoy that nobody opens (PROTOCOL.md section 4.2).

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { sealTo } from "./agefile.js";
import { utf8 } from "./bytes.js";
import { recipientOf, type Thread } from "./thread.js";

const PLAINTEXT_LENGTH = 227;

/** The capsule that lets `recipient` open the letter whose sealed bytes are `letter`. */
export async function sealCapsule(recipient: string, thread: Thread, letter: Uint8Array): Promise<Uint8Array> {
  const plaintext = utf8(
    `# knothole tip ${thread.id}\n# letter sha256 ${bytesToHex(sha256(letter))}\n${thread.identity}\n`,
  );
  if (plaintext.length !== PLAINTEXT_LENGTH) throw new Error("a capsule of another length would tell");
  try {
    return await sealTo(recipient, plaintext);
  } finally {
    plaintext.fill(0);
  }
}

/** A capsule like any other, sealed to a key that is dropped here. Between its two halves `rest` may let others have their turn. */
export async function makeDecoy(rest?: () => Promise<void>): Promise<Uint8Array> {
  const recipient = recipientOf(randomBytes(32));
  await rest?.();
  return sealTo(recipient, new Uint8Array(PLAINTEXT_LENGTH));
}
