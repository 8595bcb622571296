// The page: which screen comes when, and the one way from typed words to sealed bytes to the line.
// With `form/*` the only code that touches the document. Keeps nothing outside it but what `Draft` names.

import { Draft } from "./draft.js";
import { armLanguages } from "./form/languages.js";
import { armLeaving } from "./form/leave.js";
import { all, byId } from "./form/dom.js";
import * as fields from "./form/fields.js";
import { clearProblem, show, showProblem, type Screen } from "./form/screens.js";
import { helpLine, isExpired, parseKeyring, type Keyring } from "./keyring.js";
import { fits, TooLong, type Answers } from "./letter.js";
import { sealTip } from "./seal.js";
import { pageLine, sendTip, type Outcome } from "./send.js";

type Route = Answers["route"];

function start(): void {
  armLanguages();
  byId("waiting").hidden = true;
  if (typeof crypto !== "object" || typeof crypto.getRandomValues !== "function" || typeof TransformStream !== "function") {
    return close("old-browser");
  }
  let keyring: Keyring;
  try {
    keyring = parseKeyring(byId("keyring").textContent ?? "");
  } catch {
    return close("old-page");
  }
  if (isExpired(keyring, new Date())) return close("old-page");
  try {
    open(keyring);
  } catch {
    document.getElementById("form")?.remove();
    close("old-browser");
  }
}

/** There is no box in the page, and none is ever put there. */
function close(why: "old-browser" | "old-page"): void {
  for (const line of all("[data-closed]")) line.hidden = line.dataset["closed"] !== why;
  byId("closed").hidden = false;
  armLeaving({ wipe: () => undefined, restart: () => undefined });
}

function open(keyring: Keyring): void {
  byId("main").append(byId<HTMLTemplateElement>("form-template").content.cloneNode(true));
  fields.limitReaders(keyring);
  fields.armReaders();
  const draft = new Draft(keyring.agencies.length);
  const wipe = () => {
    draft.wipe();
    fields.emptyFields();
    setSending(null);
    relabel();
    showDoubt(draft);
  };
  armLeaving({ wipe, restart: () => show("start") });
  const form = byId<HTMLFormElement>("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    draft.change();
    setSending(null);
  });
  for (const button of all<HTMLButtonElement>("[data-to]")) {
    button.addEventListener("click", () => {
      draft.stop();
      setSending(null);
      relabel();
      showDoubt(draft);
      go(button.dataset["to"] as Screen, keyring, draft);
    });
  }
  for (const button of all<HTMLButtonElement>("[data-send]")) {
    button.addEventListener("click", () => void send(button, keyring, draft, wipe));
  }
  byId("start-actions").hidden = false;
}

/** Moves on or back; what is missing for the next screen is said on this one. */
function go(to: Screen, keyring: Keyring, draft: Draft): void {
  if (to === "readers" && !hasWords("full", keyring)) return;
  if (to === "check" && fields.pickedReaders(keyring).length === 0) {
    return showProblem("no-readers", fields.firstReader());
  }
  if ((to === "fast" || to === "story") && fields.carryWords(to)) draft.change();
  if (to === "check") fields.fillCheck(keyring);
  else fields.emptyCheck();
  show(to);
}

function hasWords(route: Route, keyring: Keyring): boolean {
  const answers = readAnswers(route, keyring);
  if (answers.story.trim() === "") showProblem("empty", boxOf(route));
  else if (!fits(answers)) showProblem("too-long", boxOf(route));
  else return true;
  return false;
}

function boxOf(route: Route): fields.Box {
  return fields.wordsBox(route === "fast" ? "fast" : "story");
}

function readAnswers(route: Route, keyring: Keyring): Answers {
  const first = helpLine(keyring);
  return {
    lang: document.documentElement.lang,
    route,
    readers: route === "fast" ? (first === null ? [] : [first.number]) : fields.pickedReaders(keyring),
    story: boxOf(route).value,
  };
}

/** Seals unless sealed already, sends, and on success wipes before anything else is shown. */
async function send(button: HTMLButtonElement, keyring: Keyring, draft: Draft, wipe: () => void): Promise<void> {
  const route = button.dataset["send"] as Route;
  if (draft.sending !== null || !hasWords(route, keyring)) return;
  clearProblem();
  const sending = (draft.sending = new AbortController());
  setSending(button);
  const outcome = await sealAndSend(button, keyring, draft, sending.signal);
  if (sending.signal.aborted) return;
  draft.sending = null;
  setSending(null);
  showDoubt(draft);
  if (outcome === "sent") {
    wipe();
    return show("sent");
  }
  if (outcome === "refused") draft.change();
  label(button, "again");
  showProblem(problemOf(outcome), button);
}

async function sealAndSend(
  button: HTMLButtonElement,
  keyring: Keyring,
  draft: Draft,
  signal: AbortSignal,
): Promise<Outcome> {
  const route = button.dataset["send"] as Route;
  if (isExpired(keyring, new Date())) return "stale";
  let tip = draft.sealed;
  try {
    tip ??= await sealTip(readAnswers(route, keyring), keyring, draft.decoys, new Date());
  } catch (error) {
    return error instanceof TooLong ? "too-long" : "refused";
  }
  // Whoever stopped meanwhile may have changed the words: a tip kept now would be sent in place of theirs.
  if (signal.aborted) return "stopped";
  draft.sealed = tip;
  const wasInDoubt = draft.isInDoubt;
  draft.isInDoubt = true;
  const outcome = await sendTip(tip, pageLine(() => say(button, "again")), signal);
  const isCertain = outcome === "stale" || outcome === "too-long" || outcome === "refused";
  if (isCertain && !signal.aborted) draft.isInDoubt = wasInDoubt;
  return outcome;
}

function problemOf(outcome: Outcome): "too-long" | "busy" | "stale" | "lost" {
  return outcome === "too-long" || outcome === "busy" || outcome === "stale" ? outcome : "lost";
}

/** While `button` sends, it is off, the line below it says so and the boxes take no more words; null ends that. */
function setSending(button: HTMLButtonElement | null): void {
  for (const box of all<fields.Box>("[data-words]")) box.readOnly = button !== null;
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

function relabel(): void {
  for (const button of all<HTMLButtonElement>("[data-send]")) label(button, "first");
}

/** After a failure the button offers to send again, until the person goes elsewhere. */
function label(button: HTMLButtonElement, which: "first" | "again"): void {
  button.textContent = button.dataset[which] ?? "";
}

start();
