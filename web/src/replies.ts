// What lies in a mailbox (PROTOCOL.md section 13): the request for it, and the replies in the answer.

import { utf8 } from "./bytes.js";
import { openWith } from "./openfile.js";
import type { Receipt } from "./receipt.js";

/** What staff wrote. */
export interface Reply {
  /** A day, YYYY-MM-DD. */
  readonly written: string;
  /** BCP 47. */
  readonly lang: string;
  readonly text: string;
}

/** What an answer holds. */
export interface Replies {
  /** The newest first. */
  readonly replies: readonly Reply[];
  /** How many more there are that do not open. */
  readonly unread: number;
}

const REQUEST_BYTES = 256;
/** The one length of an answer. */
export const ANSWER_BYTES = 65_536;

/** So many replies fit in it: where fewer are, there are no older ones. */
export const PER_ANSWER = 11;

/** The body of a request: to read what is there, passing over so many of the newest, or to take it all away. */
export function mailboxRequest({ mailbox, token }: Receipt, act: "read" | "delete", skip = 0): Uint8Array {
  const asked = { id: mailbox, token, act, ...(skip > 0 ? { skip } : {}) };
  return utf8(JSON.stringify(asked).padEnd(REQUEST_BYTES, " "));
}

/** Opens what an answer holds; what is no answer holds nothing. */
export async function openReplies(answer: Uint8Array, { identity }: Receipt): Promise<Replies> {
  const replies: Reply[] = [];
  const sealed = parts(answer);
  for (const file of sealed) {
    const reply = await openReply(identity, file).catch(() => null);
    if (reply !== null) replies.push(reply);
  }
  return { replies, unread: sealed.length - replies.length };
}

function parts(answer: Uint8Array): Uint8Array[] {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.length);
  const parts: Uint8Array[] = [];
  let at = 4;
  for (let count = view.getUint32(0); count > 0 && at + 4 <= answer.length; count--) {
    const length = view.getUint32(at);
    if (at + 4 + length > answer.length) break;
    parts.push(answer.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}

async function openReply(identity: string, file: Uint8Array): Promise<Reply | null> {
  const opened = await openWith(identity, file);
  const { format, written, lang, text } = JSON.parse(new TextDecoder().decode(opened)) as Reply & { format: number };
  opened.fill(0);
  const isReply = format === 1 && [written, lang, text].every((value) => typeof value === "string");
  return isReply ? { written, lang, text } : null;
}
