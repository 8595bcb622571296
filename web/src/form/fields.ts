// The fields: what was typed and ticked, and how all of it is emptied. Holds no copy of anything.

import type { Answers, Contact } from "../letter.js";
import { all, byId } from "./dom.js";

/** A box that the source types in. */
export type Box = HTMLTextAreaElement;

/** What was typed in the box of this name; nothing where the page has no such box yet. */
export function typed(name: string): string {
  return (document.getElementById(name) as Box | null)?.value ?? "";
}

/** The value picked among the choices of this name, or nothing. */
export function picked(name: string): string | undefined {
  return choices(name).find((choice) => choice.checked)?.value;
}

/** The values ticked among those of this name. */
export function ticked(name: string): string[] {
  return choices(name)
    .filter((choice) => choice.checked)
    .map((choice) => choice.value);
}

/** Every choice or tick of this name. */
export function choices(name: string): HTMLInputElement[] {
  return all<HTMLInputElement>(`input[name="${name}"]`);
}

/** What the long way asks, but for who may read it. The question that staff may ask back is asked for a first letter alone. */
export function answers(): Omit<Answers, "lang" | "route" | "readers"> {
  return {
    story: typed("story"),
    urgency: picked("urgency"),
    about: picked("about"),
    minor: picked("minor"),
    signs: ticked("signs"),
    where: typed("where"),
    when: typed("when"),
    suspects: typed("suspects"),
    basis: picked("basis"),
    checkable: typed("checkable"),
    share: picked("share"),
    contact: contact(),
    check_question: ["code", "other"].includes(picked("contact") ?? "") && !isAgain() ? typed("check_question") : "",
  };
}

/** Whether the form is for who adds to what they sent. */
function isAgain(): boolean {
  return byId("form").classList.contains("again");
}

/** The way to reach them counts only for who wants to be reached. */
function contact(): Contact | undefined {
  const mode = picked("contact");
  if (mode !== "other") return mode === undefined ? undefined : { mode };
  return {
    mode,
    how: typed("contact_how"),
    when: typed("contact_when"),
    ask_for: typed("contact_ask_for"),
    message_ok: picked("contact_message_ok"),
    cover_story: typed("contact_cover_story"),
  };
}

/** Whether anything at all was told, be it one tick. */
export function hasTold(): boolean {
  const boxes = ["story", "where", "when", "suspects", "checkable"].map(typed);
  return boxes.some((words) => words.trim() !== "") || ticked("signs").some((sign) => sign !== "dont_know");
}

/** Whether anything was asked for that an earlier letter may have said otherwise. */
export function hasAsked(): boolean {
  return ["share", "contact"].some(picked) || ticked("exclude").length > 0 || typed("exclude_text").trim() !== "";
}

/** The box with the most words, which is the one to make shorter. */
export function longestBox(): Box {
  const boxes = all<Box>("[data-step] textarea");
  return boxes.reduce((longest, box) => (box.value.length > longest.value.length ? box : longest));
}

/** Moves what was typed on the other screen over, so that changing one's mind loses no words; says whether there was any. */
export function carryWords(to: "fast" | "story"): boolean {
  const from = byId<Box>(to === "fast" ? "story" : "fast");
  const box = byId<Box>(to);
  if (from.value === "") return false;
  box.value = box.value === "" ? from.value : `${box.value}\n${from.value}`;
  from.value = "";
  return true;
}

/** Empties every field. The boxes are put in anew, so that no undo brings their words back. */
export function emptyFields(): void {
  for (const choice of all<HTMLInputElement>("#form input")) choice.checked = false;
  for (const box of all<Box>("#form textarea")) {
    box.value = "";
    box.replaceWith(box.cloneNode(false));
  }
}
