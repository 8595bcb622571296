// From answers to a sealed tip: letter, one capsule per agency number, tar. Nothing here can send,
// and what it returns holds no plaintext.

import { sealTo } from "./agefile.js";
import { join, utf8 } from "./bytes.js";
import { sealCapsule } from "./capsule.js";
import type { Decoys } from "./decoys.js";
import { isPickable, type Keyring } from "./keyring.js";
import type { Signer } from "./link.js";
import { writeLetter, type Answers } from "./letter.js";
import { writeTar } from "./tar.js";
import { newThread, siteMark, type Thread } from "./thread.js";

/** What goes on the wire: the id is the address, the body is a tar. Files may follow with the token, sealed to the recipient. */
export interface SealedTip {
  readonly id: string;
  readonly body: Uint8Array;
  /** Upload token, in hex. */
  readonly token: string;
  readonly recipient: string;
}

const ABOUT_LENGTH = 256;

/** Seals the answers for the agencies picked; throws `TooLong`, and when an agency that was picked has no key. */
export async function sealTip(
  answers: Answers,
  keyring: Keyring,
  decoys: Decoys,
  now: Date,
  signer: Signer,
): Promise<SealedTip> {
  const thread = newThread();
  const letter = await sealLetter(answers, thread, now, signer);
  const capsules = await sealCapsules(answers.readers, keyring, decoys, thread, letter);
  const body = writeTar([
    { name: "about", bytes: about(thread, keyring) },
    { name: "letter.age", bytes: letter },
    ...capsules.map((bytes, number) => ({ name: `capsule-${number}.age`, bytes })),
  ]);
  const { id, token, recipient } = thread;
  return { id, body, token, recipient };
}

async function sealLetter(answers: Answers, thread: Thread, now: Date, signer: Signer): Promise<Uint8Array> {
  const plaintext = writeLetter(answers, thread.id, now, signer);
  try {
    return await sealTo(thread.recipient, plaintext);
  } finally {
    plaintext.fill(0);
  }
}

async function sealCapsules(
  readers: readonly number[],
  keyring: Keyring,
  decoys: Decoys,
  thread: Thread,
  letter: Uint8Array,
): Promise<Uint8Array[]> {
  const picked = new Set(readers);
  const capsules = [];
  for (const agency of keyring.agencies) {
    if (!picked.delete(agency.number)) {
      capsules.push(await decoys.take());
    } else if (isPickable(agency)) {
      capsules.push(await sealCapsule(agency.recipient, thread, letter));
    } else {
      throw new Error("an agency without a key was picked");
    }
  }
  if (picked.size > 0 || readers.length === 0) throw new Error("nobody, or an unknown agency, was picked");
  return capsules;
}

function about({ id, uploadHash }: Thread, { version, site }: Keyring): Uint8Array {
  const text = `{"format":1,"id":"${id}","keyring":${version},"site":"${siteMark(site, id)}","upload":"${uploadHash}"}`;
  return join([utf8(text.padEnd(ABOUT_LENGTH - 1, " ")), utf8("\n")]);
}
