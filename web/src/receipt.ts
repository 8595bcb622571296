// The receipt code: eight words that open the mailbox of one tip, and the keys behind them (PROTOCOL.md section 12).
// Knows nothing of the page. Whoever holds a `Receipt` can read replies and sign follow-ups, and open nothing that was sent.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, randomBytes } from "@noble/hashes/utils.js";
import { bech32 } from "@scure/base";
import { fromHex, join, utf8 } from "./bytes.js";
import { publicKey } from "./sign.js";
import { derive, recipientOf } from "./thread.js";
import type { WordList } from "./wordlist.js";

/** Eleven bits for each of the eight words; the last is the check. */
export type Code = readonly number[];

/** What hangs off a code. */
export interface Receipt {
  /** Id of the mailbox, 64 hex digits. */
  readonly mailbox: string;
  /** Opens the mailbox, 64 hex digits. */
  readonly token: string;
  /** `AGE-SECRET-KEY-PQ-1…`: opens replies. */
  readonly identity: string;
  /** `age1pq1…`: what replies are sealed to. */
  readonly replyTo: string;
  /** Seed of the Ed25519 key that signs follow-ups. */
  readonly signer: Uint8Array;
}

/** What of a receipt goes into the letter: nobody comes from it to the mailbox's token or to a key. */
export interface ReceiptFields {
  readonly reply_to: string;
  readonly follow_up_key: string;
  readonly mailbox: { readonly id: string; readonly token_hash: string };
}

/** What somebody typed, if it is a code, and else what is wrong with it. */
export type Typed =
  | { readonly is: "code"; readonly code: Code }
  /** So many words are there, and not eight. */
  | { readonly is: "count"; readonly count: number }
  /** A word, counted from one, is on no list; perhaps one of `nearest` was meant. */
  | { readonly is: "unknown"; readonly at: number; readonly word: string; readonly nearest: readonly string[] }
  /** Every word is one, but together they are no code. */
  | { readonly is: "mismatch" };

const WORDS = 8;
const WORD_BITS = 11;
const CODE_BYTES = 10;
const ROUNDS = 600_000;
/** x^11 + x^2 + 1, by which the words are elements of GF(2^11). */
const POLYNOMIAL = 0b1000_0000_0101;
const NAME = "knothole/receipt/v1";

/** A code from 77 fresh random bits. */
export function newCode(): Code {
  const random = randomBytes(2 * (WORDS - 1));
  const words = Array.from({ length: WORDS - 1 }, (_, at) => (((random[2 * at] ?? 0) << 8) | (random[2 * at + 1] ?? 0)) & 2_047);
  random.fill(0);
  return [...words, checkOf(words)];
}

/** The check word: any one wrong word and any two that changed places make it another. */
export function checkOf(words: readonly number[]): number {
  return words.reduceRight((sum, word) => timesX(sum ^ word), 0);
}

function timesX(element: number): number {
  const shifted = element << 1;
  return shifted >> WORD_BITS === 0 ? shifted : shifted ^ POLYNOMIAL;
}

/** Reads what was typed or pasted; asks nobody. */
export function readCode(text: string, list: WordList): Typed {
  const parts = list.parts(text);
  if (parts.length !== WORDS) return glued(parts, list) ?? countOrWord(parts, list);
  const read = parts.map((part) => list.bits(part));
  const at = read.indexOf(undefined);
  if (at >= 0) return unknown(parts, at, list);
  const code = read as Code;
  return isCode(code) ? { is: "code", code } : { is: "mismatch" };
}

/** Where spaces are missing, what is there may still be eight words in one way alone that is a code. */
function glued(parts: readonly string[], list: WordList): Typed | null {
  if (parts.length >= WORDS) return null;
  const codes = [...list.split(parts.join(""), WORDS)].filter(isCode);
  return codes.length === 1 && codes[0] !== undefined ? { is: "code", code: codes[0] } : null;
}

/** A word that is none is more than a count that is wrong: it may be two, or half of one. */
function countOrWord(parts: readonly string[], list: WordList): Typed {
  const at = parts.length > WORDS ? parts.findIndex((part) => list.bits(part) === undefined) : -1;
  return at >= 0 ? unknown(parts, at, list) : { is: "count", count: parts.length };
}

function unknown(parts: readonly string[], at: number, list: WordList): Typed {
  const word = parts[at] ?? "";
  return { is: "unknown", at: at + 1, word: word.normalize("NFC"), nearest: list.nearest(word) };
}

function isCode(code: Code): boolean {
  return checkOf(code.slice(0, -1)) === code[WORDS - 1];
}

/** The 77 bits as ten bytes, big endian. */
export function codeBytes(code: Code): Uint8Array {
  const bytes = new Uint8Array(CODE_BYTES);
  let bits = 0n;
  for (const word of code.slice(0, -1)) bits = (bits << BigInt(WORD_BITS)) | BigInt(word);
  for (let at = CODE_BYTES - 1; at >= 0; at--, bits >>= 8n) bytes[at] = Number(bits & 0xffn);
  return bytes;
}

/** The keys of a code at the site whose version 0 has this hash, 64 hex digits. Takes a tenth of a second or a few. */
export async function receiptOf(code: Code, genesisHash: string): Promise<Receipt> {
  const secret = await stretch(codeBytes(code), join([utf8(NAME), fromHex(genesisHash)]));
  const reply = derive(secret, `${NAME}/reply`);
  try {
    return {
      mailbox: bytesToHex(derive(secret, `${NAME}/mailbox`)),
      token: bytesToHex(derive(secret, `${NAME}/token`)),
      identity: bech32.encodeFromBytes("AGE-SECRET-KEY-PQ-", reply).toUpperCase(),
      replyTo: recipientOf(reply),
      signer: derive(secret, `${NAME}/sign`),
    };
  } finally {
    for (const bytes of [secret, reply]) bytes.fill(0);
  }
}

async function stretch(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  try {
    const key = await crypto.subtle.importKey("raw", password as BufferSource, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: salt as BufferSource, iterations: ROUNDS };
    return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
  } finally {
    password.fill(0);
  }
}

/** The fields that let readers write back. */
export function receiptFields({ replyTo, signer, mailbox, token }: Receipt): ReceiptFields {
  const token_hash = bytesToHex(sha256(fromHex(token)));
  return { reply_to: replyTo, follow_up_key: bytesToHex(publicKey(signer)), mailbox: { id: mailbox, token_hash } };
}
