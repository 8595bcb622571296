// Sending: seals unless that was done, puts the tip on the line or into a file, and says on the page how it goes.

import { TooLong } from "../bucket.js";
import type { Draft } from "../draft.js";
import { isExpired, type Keyring } from "../keyring.js";
import { throwaway, type Signer } from "../link.js";
import type { Answers } from "../letter.js";
import { sealTip } from "../seal.js";
import { pageLine, sendTip, type Outcome } from "../send.js";
import { all, byId } from "./dom.js";
import { later } from "./later.js";
import { isSavedPage, saveTip } from "./saving.js";
import { clearProblem, show, showProblem, type Problem } from "./screens.js";
import type { Way } from "./way.js";

/** What sending needs of the page. */
export interface Page {
  readonly keyring: Keyring;
  readonly draft: Draft;
  readonly way: Way;
  /** Empties every field and drops every secret. */
  readonly wipe: () => void;
}

/** Sends by this button's route, and on success wipes before anything else is shown. */
export async function send(button: HTMLButtonElement, page: Page): Promise<void> {
  const { draft, way } = page;
  const route = button.dataset["send"] as Answers["route"];
  if (draft.sending !== null || !way.isReady(route)) return;
  clearProblem();
  const sending = (draft.sending = new AbortController());
  setSending(button);
  const outcome = await sealAndSend(button, route, page, sending.signal);
  if (sending.signal.aborted) return;
  draft.sending = null;
  setSending(null);
  if (outcome === "sealed") return saveTip(draft);
  showDoubt(draft);
  if (outcome === "sent") {
    const { words, sealed } = draft;
    page.wipe();
    show("sent");
    return later()?.give(words, route === "full", sealed);
  }
  if (outcome === "no-code") return void way.lackCode();
  if (outcome === "refused") draft.change();
  label(button, "again");
  showProblem(problemOf(outcome), button);
}

async function sealAndSend(
  button: HTMLButtonElement,
  route: Answers["route"],
  { keyring, draft, way }: Page,
  signal: AbortSignal,
): Promise<Outcome | "sealed" | "no-code"> {
  if (isExpired(keyring, new Date())) return "stale";
  let { sealed: tip, words } = draft;
  try {
    if (tip === null) {
      const hand = await handOf(route, way, draft);
      words = hand.words;
      const answers = { ...way.read(route), ...hand.more };
      tip = await sealTip(answers, keyring, draft.decoys, new Date(), hand.signer);
    }
  } catch (error) {
    return error instanceof TooLong ? "too-long" : error instanceof NoCode ? "no-code" : "refused";
  }
  // Whoever stopped meanwhile may have changed the words: a tip kept now would be sent in place of theirs.
  if (signal.aborted) return "stopped";
  draft.sealed = tip;
  draft.words = words;
  if (isSavedPage()) return "sealed";
  const wasInDoubt = draft.isInDoubt;
  draft.isInDoubt = true;
  const outcome = await sendTip(tip, pageLine(() => say(button, "again")), signal);
  const isCertain = outcome === "stale" || outcome === "paused" || outcome === "too-long" || outcome === "refused";
  if (isCertain && !signal.aborted) draft.isInDoubt = wasInDoubt;
  return outcome;
}

/** A code was asked for and there is none. */
class NoCode extends Error {}

/** Who signs the letter, the words of the code behind it, and what the letter says of that. */
interface Hand {
  readonly signer: Signer;
  readonly words: readonly string[] | null;
  readonly more: Partial<Answers>;
}

/** In the fast lane nobody is asked: there is a code for who wants to see it, if it can be had. */
async function handOf(route: Answers["route"], way: Way, { again }: Draft): Promise<Hand> {
  if (again !== null) return { signer: again, words: null, more: {} };
  const isWanted = route === "full" && way.wantsCode();
  const taken = isWanted || route === "fast" ? await later()?.take().catch(() => undefined) : undefined;
  if (taken !== undefined) return { ...taken, more: { contact: { mode: "code" } } };
  if (isWanted) throw new NoCode();
  return { signer: throwaway(), words: null, more: {} };
}

function problemOf(outcome: Outcome): Problem {
  const isTold = outcome === "too-long" || outcome === "busy" || outcome === "paused" || outcome === "stale";
  return isTold ? outcome : "lost";
}

/** Everything that speaks of sending, as it is when nothing is under way. */
export function atRest(draft: Draft): void {
  setSending(null);
  for (const button of all<HTMLButtonElement>("[data-send]")) label(button, "first");
  showDoubt(draft);
}

/** While `button` sends, it is off, the line below it says so and the boxes take no more words; null ends that. */
export function setSending(button: HTMLButtonElement | null): void {
  for (const box of all<HTMLTextAreaElement>("#form textarea")) box.readOnly = button !== null;
  for (const other of all<HTMLButtonElement>("[data-send]")) {
    other.disabled = other === button;
    say(other, other === button ? "sending" : null);
  }
}

function say(button: HTMLButtonElement, what: "sending" | "again" | null): void {
  const status = button.parentElement?.querySelector("[role=status]") ?? null;
  if (status !== null) status.textContent = what === null ? "" : (byId("form").dataset[what] ?? "");
}

/** "It has not been sent yet" is said only when that is certain. */
function showDoubt(draft: Draft): void {
  for (const line of all("[data-doubt]")) line.hidden = (line.dataset["doubt"] === "some") !== draft.isInDoubt;
}

/** After a failure the button offers to send again, until the person goes elsewhere. */
function label(button: HTMLButtonElement, which: "first" | "again"): void {
  button.textContent = button.dataset[which] ?? "";
}
