// One screen at a time inside one document: no address changes, no history entry is made.

import { all, byId } from "./dom.js";

/** Longer than the two taps of a shaking finger are apart. */
const SETTLE_MS = 600;

/** Shows the screen of this name alone, from its top, with the focus on its heading. */
export function show(screen: string): void {
  clearProblem();
  for (const section of all("[data-screen]")) section.hidden = section.dataset["screen"] !== screen;
  present();
}

/** The name of the screen that is shown. */
export function shownScreen(): string {
  return document.querySelector<HTMLElement>("[data-screen]:not([hidden])")?.dataset["screen"] ?? "";
}

/** What is shown now; another word means that something else is. */
export function shown(): string {
  return `${shownScreen()} ${document.title}`;
}

/** Brings what is new before eyes and ears: the problem if there is one, else the heading. */
export function present(): void {
  const heading = document.querySelector<HTMLElement>("[data-screen]:not([hidden]) h1");
  heading?.setAttribute("tabindex", "-1");
  scrollTo(0, 0);
  (document.querySelector<HTMLElement>("#problem:not([hidden])") ?? heading)?.focus({ preventScroll: true });
  settle();
}

/** For a moment taps do nothing but leave: the second half of a double tap was meant for what stood there before. */
export function settle(): void {
  byId("main").animate?.({ pointerEvents: ["none", "none"] }, SETTLE_MS);
}

/** What may be wrong, as the document has it in `data-problem`. */
export type Problem = "empty" | "no-readers" | "too-long" | "lost" | "busy" | "paused" | "stale" | "no-code";

const plainTitle = document.title;

/** Says what is wrong above the screen; `fix` is where the person can mend it. */
export function showProblem(problem: Problem, fix: HTMLElement): void {
  clearProblem();
  for (const line of all("[data-problem]")) {
    line.hidden = line.dataset["problem"] !== problem;
    const link = line.querySelector<HTMLElement>("[data-fix]");
    if (link !== null) link.onclick = () => fix.focus();
  }
  if (fix.matches("textarea, input")) fix.setAttribute("aria-invalid", "true");
  document.title = document.documentElement.dataset["errorTitle"] ?? plainTitle;
  const summary = byId("problem");
  summary.hidden = false;
  present();
}

/** Takes the last problem back. */
export function clearProblem(): void {
  byId("problem").hidden = true;
  document.title = plainTitle;
  for (const field of all("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
