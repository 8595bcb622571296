// Opening a tip the way anyone can: the system's tar, the public face of age-encryption, and JSON.parse (P9).

import { Decrypter } from "age-encryption";
import { execFileSync } from "node:child_process";

/** Names of the archive's entries, in order. */
export function entryNames(tar) {
  return execFileSync("tar", ["-tf", "-"], { input: tar }).toString().trim().split("\n");
}

/** The bytes of one entry. */
export function entry(tar, name) {
  return new Uint8Array(execFileSync("tar", ["-xOf", "-", name], { input: tar, maxBuffer: 1 << 20 }));
}

/** The plaintext of an age file; throws when `identity` does not open it. */
export async function open(identity, file) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file, "text");
}

/** Capsule first, then the letter with the key found there. */
export async function openTip(tar, agency) {
  const capsule = await open(agency.identity, entry(tar, `capsule-${agency.number}.age`));
  const threadKey = capsule.split("\n").find((line) => line !== "" && !line.startsWith("#"));
  return { capsule, letter: JSON.parse(await open(threadKey, entry(tar, "letter.age"))) };
}
