// The work that a server under pressure asks of a browser before it takes what a stranger sends: keys are derived until one begins as it
// should (ALTCHA's scheme, by PBKDF2 of the browser itself). A person sees nothing of it but a second or two.

import { bytesToHex } from "@noble/hashes/utils.js";
import { fromHex, join } from "./bytes.js";

/** Carries a challenge in a refusal, and in the next request the same with its solution. */
export const WORK = "Knothole-Work";
/** One key of 256 will do, so that so many without one do not happen by chance. */
const MOST_TRIES = 8_192;
/** A server that asks for more would keep a phone busy for minutes. */
const MOST_ROUNDS = 20_000;

interface Challenge {
  readonly parameters: { readonly cost: number; readonly keyPrefix: string; readonly nonce: string; readonly salt: string };
}

/** The answer to a challenge, or null where this browser cannot find one. Throws when the challenge is none, and once `signal` fires. */
export async function workFor(asked: string, signal: AbortSignal): Promise<string | null> {
  const challenge = JSON.parse(asked) as Challenge;
  const { cost, keyPrefix, nonce, salt } = challenge.parameters;
  if (!(cost <= MOST_ROUNDS)) return null;
  const how = { name: "PBKDF2", hash: "SHA-256", salt: fromHex(salt) as BufferSource, iterations: cost };
  const password = join([fromHex(nonce), new Uint8Array(4)]);
  const count = new DataView(password.buffer, password.length - 4);
  for (let counter = 0; counter < MOST_TRIES; counter++) {
    if (signal.aborted) throw new Error("stopped");
    count.setUint32(0, counter);
    const key = await crypto.subtle.importKey("raw", password as BufferSource, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = bytesToHex(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)));
    if (derivedKey.startsWith(keyPrefix)) return JSON.stringify({ challenge, solution: { counter, derivedKey } });
  }
  return null;
}
