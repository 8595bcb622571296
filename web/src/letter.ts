// The letter: the form's answers as one JSON object, padded with spaces to a bucket (PROTOCOL.md section 4.1).

import { LARGEST, toBucket } from "./bucket.js";
import { utf8 } from "./bytes.js";
import { link, LINK_BYTES, type Signer } from "./link.js";

/** A way to reach the source that is safe for them. */
export interface Contact {
  readonly mode: string;
  readonly how?: string | undefined;
  readonly when?: string | undefined;
  readonly ask_for?: string | undefined;
  readonly message_ok?: string | undefined;
  readonly cover_story?: string | undefined;
}

/** What the source answered, each under its name in the letter. What was not answered is missing or blank. */
export interface Answers {
  readonly lang: string;
  readonly route: "fast" | "full";
  /** Numbers of the agencies picked. */
  readonly readers: readonly number[];
  readonly story?: string | undefined;
  readonly urgency?: string | undefined;
  readonly about?: string | undefined;
  readonly minor?: string | undefined;
  readonly signs?: readonly string[] | undefined;
  readonly where?: string | undefined;
  readonly when?: string | undefined;
  readonly suspects?: string | undefined;
  readonly basis?: string | undefined;
  readonly checkable?: string | undefined;
  readonly exclude_text?: string | undefined;
  readonly share?: string | undefined;
  readonly contact?: Contact | undefined;
  readonly check_question?: string | undefined;
}

const QUARTER_HOUR_MS = 900_000;
/** Stands in for an id when only the length matters. */
const ANY_ID = "0".repeat(52);
/** What the fields of a receipt code take. A letter without a code leaves room for them, so that its size does not say so. */
export const RECEIPT_BYTES = 2_220;

/** The letter's plaintext, exactly one bucket long; throws `TooLong`. */
export function writeLetter(answers: Answers, id: string, now: Date, signer: Signer): Uint8Array {
  const json = link(jsonOf(answers, id, now, signer), id, signer);
  return toBucket(json, signer.fields === null ? RECEIPT_BYTES : 0);
}

/** Whether these answers can be sent, with or without a code. */
export function fits(answers: Answers): boolean {
  const json = utf8(jsonOf(answers, ANY_ID, new Date(0), null));
  json.fill(0);
  return json.length + LINK_BYTES + RECEIPT_BYTES <= LARGEST;
}

/** All that the letter says, but for the link. */
function jsonOf(answers: Answers, id: string, now: Date, signer: Signer | null): string {
  const { lang, route, readers, ...answered } = answers;
  const always = { format: 1, id, created: quarterHour(now), lang, route, readers: [...readers].sort((a, b) => a - b) };
  return JSON.stringify({ ...always, ...answered, ...signer?.fields }, (_, value: unknown) => said(value));
}

/** `now` in UTC, rounded down so that it does not say which request the letter came with. */
export function quarterHour(now: Date): string {
  const rounded = new Date(Math.floor(now.getTime() / QUARTER_HOUR_MS) * QUARTER_HOUR_MS);
  return `${rounded.toISOString().slice(0, 16)}Z`;
}

/** What of an answer goes into the letter: nothing of a blank one. */
function said(value: unknown): unknown {
  if (typeof value === "string") return value.trim() === "" ? undefined : wellFormed(value);
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

/** Half a surrogate pair has no UTF-8; readers would refuse the whole letter over one broken emoji. */
function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");
}
