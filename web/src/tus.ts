// Puts sealed bytes under a tip in parts (tus 1.0: core and creation), and goes on where the server says it is after whatever broke.
// Knows nothing of files, keys or fields: it is given sealed bytes by their place, and asks for the same place again.

import { quietly, waitOf, within, type Line } from "./send.js";

/** Gives the same bytes for the same place each time. */
export interface Source {
  /** Of all its bytes. */
  readonly length: number;
  /** Bytes from `from` on: at least one, and no more than so many pieces of 64 KiB hold and what stands before them. */
  read(from: number, pieces: number): Promise<Uint8Array>;
}

/** The tip that a file belongs to, and the right to put one there. */
export interface Place {
  readonly id: string;
  /** Upload token, in hex. */
  readonly token: string;
}

/** How it ended. After `busy`, `lost` and `stopped` it can go on where it was. */
export type Ending =
  | "done"
  /** The server is up but will not or cannot take it for now. */
  | "busy"
  /** No answer came for a long time. */
  | "lost"
  /** More, or larger, than the server takes. */
  | "too-much"
  /** It will never be taken: the tip is not there, or the token is not its own. */
  | "refused"
  | "stopped";

/** What came of one request: the bytes are further, it may be tried again after so long, or it is over. */
type Step = "further" | { readonly why: "busy" | "lost"; readonly waitMs: number } | "done" | "too-much" | "refused";

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const LONGEST_PAUSE_MS = 30_000;
/** So many tries without a byte more: about nine minutes. */
const TRIES = 20;
/** A server that asks for more is closed rather than busy. */
const LONGEST_WAIT_MS = 120_000;
/** How often a server may forget what it has of one upload. */
const FORGETS = 3;
const MOST_PIECES = 64;
const LEAST_PIECES = 4;
/** A part that took less is followed by a larger one, for as long as none breaks. */
const QUICK_MS = 4_000;

/** What an upload may be told and given beside a line. */
export interface LongLine extends Line {
  /** Milliseconds, from anywhere on. */
  readonly now: () => number;
  /** Called with how many bytes the server has. */
  readonly onMove: (offset: number) => void;
}

/** One upload; see the module. */
export class Upload {
  /** How many bytes the server has. */
  offset = 0;
  #address: string | null = null;
  #isSure = false;
  #sent = 0;
  #forgets = 0;
  #pieces = LEAST_PIECES;

  constructor(
    private readonly place: Place,
    private readonly source: Source,
    private readonly line: LongLine,
    private readonly kind: "file" | "manifest" = "file",
  ) {}

  /** Where the server has it, as the manifest says it; null before it has. */
  get name(): string | null {
    return this.#address?.split("/").pop() ?? null;
  }

  /** Puts what is not there yet, trying again for some minutes; throws only what `read` throws. `signal` stops it: it may be run again. */
  async run(signal: AbortSignal): Promise<Ending> {
    for (let tries = 0; ; ) {
      const step = signal.aborted ? "stopped" : await this.#step(signal);
      if (signal.aborted) return "stopped";
      if (step === "further") {
        tries = 0;
        continue;
      }
      if (typeof step === "string") return step;
      const { why, waitMs } = step;
      this.#isSure = false;
      this.#pieces = LEAST_PIECES;
      const pauseMs = Math.max(PAUSES_MS[tries] ?? LONGEST_PAUSE_MS, waitMs);
      if (++tries > TRIES || waitMs > LONGEST_WAIT_MS) return why;
      await this.line.pause(pauseMs, signal);
      if (!signal.aborted) this.line.onRetry();
    }
  }

  async #step(signal: AbortSignal): Promise<Step> {
    if (this.#address === null) return this.#create(signal);
    if (!this.#isSure) return this.#ask(signal);
    if (this.offset === this.source.length) return "done";
    return this.#put(this.#address, signal);
  }

  async #create(signal: AbortSignal): Promise<Step> {
    const path = `/uploads/${this.place.id}`;
    const about = this.kind === "manifest" ? { "Upload-Metadata": "manifest" } : {};
    const answer = await this.#request(path, "POST", { "Upload-Length": String(this.source.length), ...about }, signal);
    if (answer?.status !== 201) return this.#refusal(answer);
    const address = answer.headers.get("Location") ?? "";
    if (!address.startsWith(`${path}/`) || !/^[\w-]{1,64}$/.test(address.slice(path.length + 1))) return lost();
    this.#address = address;
    this.#isSure = true;
    this.#move(0);
    return "further";
  }

  /** Whatever was on the line when it broke may have been stored. */
  async #ask(signal: AbortSignal): Promise<Step> {
    const answer = await this.#request(this.#address ?? "", "HEAD", {}, signal);
    if (answer?.status !== 200 && answer?.status !== 204) return this.#refusal(answer);
    const offset = offsetOf(answer);
    const isOurs = answer.headers.get("Upload-Length") === String(this.source.length) && offset <= this.#sent;
    if (!isOurs) return lost();
    this.#isSure = true;
    const isMore = offset > this.offset;
    this.#move(offset);
    return isMore || offset === this.source.length ? "further" : this.#step(signal);
  }

  async #put(address: string, signal: AbortSignal): Promise<Step> {
    const part = await this.source.read(this.offset, this.#pieces);
    if (signal.aborted) return lost();
    const end = this.offset + part.length;
    this.#sent = Math.max(this.#sent, end);
    const from = this.line.now();
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(this.offset) };
    const answer = await this.#request(address, "PATCH", headers, signal, part);
    if (answer?.status !== 204 || offsetOf(answer) !== end) return this.#refusal(answer);
    this.#pieces = this.line.now() - from < QUICK_MS ? Math.min(2 * this.#pieces, MOST_PIECES) : LEAST_PIECES;
    this.#move(end);
    return "further";
  }

  #move(offset: number): void {
    this.offset = offset;
    this.line.onMove(offset);
  }

  #refusal(answer: Response | null): Step {
    if (answer === null) return lost();
    const { status } = answer;
    if (status === 413) return "too-much";
    if (status === 404 || status === 410) {
      // Gone, or never there: from the start, with the same bytes.
      if (this.#address === null || this.#forgets++ === FORGETS) return "refused";
      this.#address = null;
      return lost();
    }
    if ([400, 401, 403, 412, 415].includes(status)) return "refused";
    // Somebody else is at it, too many are, the disk is full, the form is closed.
    return [423, 429, 503, 507].includes(status) ? { why: "busy", waitMs: waitOf(answer) } : lost();
  }

  async #request(path: string, method: string, headers: Record<string, string>, signal: AbortSignal, body: Uint8Array | null = null): Promise<Response | null> {
    const all = { "Tus-Resumable": "1.0.0", Authorization: `Bearer ${this.place.token}`, ...headers };
    try {
      return await within(signal, (attempt) => this.line.fetch(path, { method, headers: all, body: body as BodyInit | null, ...quietly(attempt) }));
    } catch {
      return null;
    }
  }
}

function lost(): Step {
  return { why: "lost", waitMs: 0 };
}

/** How far the server is; NaN where it does not say. */
function offsetOf(answer: Response | null): number {
  const said = answer?.headers.get("Upload-Offset") ?? "";
  return /^\d{1,15}$/.test(said) ? Number(said) : NaN;
}
