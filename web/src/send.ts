// With `tus.ts` the only network of the page: puts one sealed tip, and puts the very same bytes again when the line drops; asks for what
// lies in a mailbox. Knows nothing of answers, keys or fields.

import type { SealedTip } from "./seal.js";
import { WORK, workFor } from "./work.js";

/** How sending ended. In every case but `sent` the tip may be put again. */
export type Outcome =
  | "sent"
  /** The server no longer takes this keyring: the page must be loaded again. */
  | "stale"
  | "too-long"
  /** The server is up but will not or cannot take it now. */
  | "busy"
  /** Those who run the site have closed the form for a while; nothing was kept. */
  | "paused"
  /** These bytes will never be taken: only a tip sealed afresh can be. */
  | "refused"
  /** No answer came. */
  | "lost"
  | "stopped";

/** What a sender may be told and given; tests give their own. */
export interface Line {
  readonly fetch: typeof fetch;
  /** Resolves after `ms`, or at once when `signal` fires. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called before each try but the first. */
  readonly onRetry: () => void;
}

const PAUSES_MS = [1_000, 3_000, 8_000];
/** A quarter megabyte over a bad Tor circuit. */
const ANSWER_MS = 90_000;
/** Longer than this is not a wait but an answer. */
const LONGEST_WAIT_MS = 20_000;
/** A server that is not busy but closed says to wait so long. */
const PAUSE_MS = 3_600_000;

/** Puts the tip, trying again a few times; never throws. `signal` stops it for good. */
export async function sendTip(tip: SealedTip, line: Line, signal: AbortSignal): Promise<Outcome> {
  for (let tries = 0; ; tries++) {
    const { outcome, waitMs } = await putOnce(tip, line, signal);
    const pauseMs = Math.max(PAUSES_MS[tries] ?? Infinity, waitMs);
    const isFinal = outcome !== "lost" && outcome !== "busy";
    if (isFinal || pauseMs > LONGEST_WAIT_MS) return outcome;
    await line.pause(pauseMs, signal);
    if (signal.aborted) return "stopped";
    line.onRetry();
  }
}

/** What a mailbox gave: all of its answer, or why there is none. */
export type Given = Uint8Array | "busy" | "lost" | "stopped";

/** Asks a mailbox once; never throws. An answer has `length` bytes. `signal` stops it for good. */
export async function askMailbox(request: Uint8Array, length: number, line: Line, signal: AbortSignal): Promise<Given> {
  try {
    return await within(signal, async (attempt) => {
      const answer = await ask("/mailbox", { method: "POST", body: request as BodyInit }, line, attempt);
      if (answer.status === 429 || answer.status === 503) return "busy";
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return answer.status === 200 && bytes.length === length ? bytes : "lost";
    });
  } catch {
    return signal.aborted ? "stopped" : "lost";
  }
}

async function putOnce(tip: SealedTip, line: Line, signal: AbortSignal): Promise<{ outcome: Outcome; waitMs: number }> {
  try {
    const headers = { "Content-Type": "application/x-tar" };
    const answer = await within(signal, (attempt) =>
      ask(`/tips/${tip.id}`, { method: "PUT", headers, body: tip.body as BodyInit }, line, attempt),
    );
    const waitMs = waitOf(answer);
    const isPaused = answer.status === 503 && waitMs >= PAUSE_MS;
    return { outcome: isPaused ? "paused" : outcomeOf(answer), waitMs };
  } catch {
    return { outcome: signal.aborted ? "stopped" : "lost", waitMs: 0 };
  }
}

/** Asks, and once more with the work done that a server under pressure wants first. */
async function ask(address: string, what: RequestInit & { headers?: Record<string, string> }, line: Line, signal: AbortSignal): Promise<Response> {
  const answer = await line.fetch(address, { ...what, ...quietly(signal) });
  const wanted = answer.status === 429 ? answer.headers.get(WORK) : null;
  const work = wanted === null ? null : await workFor(wanted, signal);
  return work === null ? answer : line.fetch(address, { ...what, headers: { ...what.headers, [WORK]: work }, ...quietly(signal) });
}

/** How long the server asks to wait. */
export function waitOf(answer: Response): number {
  return 1_000 * (Number(answer.headers.get("Retry-After")) || 0);
}

/** Nothing of the browser's goes with it, and nothing of it stays in the browser. */
export function quietly(signal: AbortSignal): RequestInit {
  return { cache: "no-store", credentials: "omit", keepalive: false, redirect: "error", referrerPolicy: "no-referrer", signal };
}

/** Gives up what `act` does when no answer comes, or when `signal` fires. */
export async function within<T>(signal: AbortSignal, act: (attempt: AbortSignal) => Promise<T>): Promise<T> {
  const attempt = new AbortController();
  const stop = () => attempt.abort();
  const timer = setTimeout(stop, ANSWER_MS);
  signal.addEventListener("abort", stop);
  try {
    return await act(attempt.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}

function outcomeOf(answer: Response): Outcome {
  switch (answer.status) {
    case 200:
    case 201:
      // Something on the way that answers with a page of its own has stored nothing.
      return answer.headers.get("Content-Type")?.startsWith("text/plain") === true ? "sent" : "lost";
    case 408:
      return "lost";
    case 412:
      return "stale";
    case 413:
      return "too-long";
    case 400:
    case 409:
    case 410:
      return "refused";
    default:
      return "busy";
  }
}

/** The line of a real page. */
export function pageLine(onRetry: () => void): Line {
  return { fetch: (...request) => fetch(...request), pause, onRetry };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
