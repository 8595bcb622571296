// The fields: what was typed and ticked, and how all of it is emptied. Holds no copy of anything.

import { helpLine, isPickable, type Keyring } from "../keyring.js";
import { all, byId } from "./dom.js";

/** A box that the source types in; two screens have one. */
export type Box = HTMLTextAreaElement;

/** The box of the screen that is shown, or of the one named. */
export function wordsBox(screen: "fast" | "story"): Box {
  const box = document.querySelector<Box>(`[data-screen="${screen}"] [data-words]`);
  if (box === null) throw new Error(`no box on ${screen}`);
  return box;
}

/** Moves what was typed on the other screen over, so that changing one's mind loses no words; says whether there was any. */
export function carryWords(to: "fast" | "story"): boolean {
  const from = wordsBox(to === "fast" ? "story" : "fast");
  const box = wordsBox(to);
  if (from.value === "") return false;
  box.value = box.value === "" ? from.value : `${box.value}\n${from.value}`;
  from.value = "";
  return true;
}

/** Takes out every choice that the keyring holds no key for. */
export function limitReaders(keyring: Keyring): void {
  for (const tick of readerTicks()) {
    const agency = keyring.agencies[Number(tick.value)];
    if (agency === undefined || !isPickable(agency)) tick.closest("label")?.remove();
  }
  if (helpLine(keyring) === null) all("[data-help-line]").forEach((part) => part.remove());
}

/** "I do not know" and the groups rule each other out. */
export function armReaders(): void {
  const unsure = unsureTick();
  unsure?.addEventListener("change", () => {
    if (unsure.checked) for (const tick of readerTicks()) tick.checked = false;
  });
  for (const tick of readerTicks()) {
    tick.addEventListener("change", () => {
      if (tick.checked && unsure !== null) unsure.checked = false;
    });
  }
}

/** Numbers of the agencies picked; "I do not know" is the help line. */
export function pickedReaders(keyring: Keyring): number[] {
  const first = helpLine(keyring);
  if (unsureTick()?.checked === true && first !== null) return [first.number];
  return readerTicks()
    .filter((tick) => tick.checked)
    .map((tick) => Number(tick.value));
}

/** The first choice, where the focus goes when none was made. */
export function firstReader(): HTMLElement {
  return readerTicks()[0] ?? byId("form");
}

/** Fills the last screen before sending: the words, and the names of who can open them. */
export function fillCheck(keyring: Keyring): void {
  emptyCheck();
  byId<Box>("check-words").value = wordsBox("story").value;
  const names = pickedReaders(keyring).map((number) => {
    const item = document.createElement("li");
    item.textContent =
      document.querySelector(`input[value="${number}"] ~ span [data-name]`)?.textContent ?? "";
    return item;
  });
  byId("check-readers").append(...names);
}

/** Off that screen no copy of the words is kept: they may be deleted in their box, and must then be gone. */
export function emptyCheck(): void {
  const words = byId<Box>("check-words");
  words.value = "";
  words.replaceWith(words.cloneNode(false));
  byId("check-readers").textContent = "";
}

/** Empties every field. The boxes are put in anew, so that no undo brings their words back. */
export function emptyFields(): void {
  for (const tick of all<HTMLInputElement>("#form input")) tick.checked = false;
  for (const box of all<Box>("#form textarea")) {
    box.value = "";
    box.replaceWith(box.cloneNode(false));
  }
  emptyCheck();
}

function readerTicks(): HTMLInputElement[] {
  return all<HTMLInputElement>('input[name="reader"]');
}

function unsureTick(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('input[name="unsure"]');
}
