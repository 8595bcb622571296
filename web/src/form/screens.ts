// One screen at a time inside one document: no address changes, no history entry is made.

import { all, byId } from "./dom.js";

/** Names of the screens, as the document has them in `data-screen`. */
export type Screen = "start" | "fast" | "story" | "readers" | "check" | "sent";

/** Shows this screen alone, from its top, with the focus on its heading. */
export function show(screen: Screen): void {
  clearProblem();
  for (const section of all("[data-screen]")) section.hidden = section.dataset["screen"] !== screen;
  scrollTo(0, 0);
  const heading = document.querySelector<HTMLElement>(`[data-screen="${screen}"] h1`);
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/** What may be wrong, as the document has it in `data-problem`. */
export type Problem = "empty" | "no-readers" | "too-long" | "lost" | "busy" | "stale";

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
  scrollTo(0, 0);
  summary.focus({ preventScroll: true });
}

/** Takes the last problem back. */
export function clearProblem(): void {
  byId("problem").hidden = true;
  document.title = plainTitle;
  for (const field of all("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
