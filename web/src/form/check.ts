// The screen before sending: every answer that will be sent, who can open it, and a way to change each.
// Off that screen no copy of an answer is kept: it may be deleted in its box, and must then be gone.

import { isPickable, type Keyring } from "../keyring.js";
import { all, byId } from "./dom.js";
import { picked } from "./fields.js";
import { fillNames, pickedReaders } from "./readers.js";

/** Questions that have a list of their own on the screen. */
const LISTED = ["reader", "unsure"];
/** An answer of more characters or lines scrolls within its row, so that what stands below it stays in reach. */
const LONG_CHARACTERS = 400;
const LONG_LINES = 10;

/** Fills the screen; `change` leads to the screen of an answer. */
export function fillCheck(keyring: Keyring, change: (screen: string) => void): void {
  emptyCheck();
  const readers = pickedReaders(keyring);
  const others = keyring.agencies.filter((agency) => isPickable(agency) && !readers.includes(agency.number));
  fillNames("check-readers", readers);
  fillNames("left-out", others.map((agency) => agency.number));
  byId("check-left-out").hidden = others.length === 0;
  byId("check-add").hidden = picked("contact") !== "code";
  byId("answers").append(...rows(change));
}

/** Takes every answer off the screen. */
export function emptyCheck(): void {
  for (const list of ["answers", "check-readers", "left-out"]) byId(list).textContent = "";
}

/** One row for each screen on which something was answered. */
function rows(change: (screen: string) => void): Node[] {
  return all("[data-step]").flatMap((section) => {
    const said = questions(section);
    const screen = section.dataset["screen"] ?? "";
    return said.length === 0 ? [] : [row(said, () => change(screen))];
  });
}

/** The questions of a screen that were answered, with the answers. */
function questions(section: HTMLElement): { question: string; answers: string[] }[] {
  const fields = all<HTMLInputElement | HTMLTextAreaElement>("[name]", section).filter(
    (field) => !LISTED.includes(field.name) && field.closest("div[hidden]") === null,
  );
  return [...new Set(fields.map((field) => field.name))]
    .map((name) => {
      const answers = fields.filter((field) => field.name === name).map(shown).filter((line) => line.trim() !== "");
      return { question: textOf(byId(`q-${name}`)), answers };
    })
    .filter(({ answers }) => answers.length > 0);
}

/** What the person typed, or the words beside what they picked. */
function shown(field: HTMLInputElement | HTMLTextAreaElement): string {
  if (field instanceof HTMLTextAreaElement) return field.value;
  return field.checked && field.value !== "" ? textOf(field.nextElementSibling) : "";
}

function textOf(element: Element | null): string {
  const form = element?.querySelector(picked("about") === "self" ? ".me" : ".they") ?? element;
  return form?.textContent ?? "";
}

function row(said: { question: string; answers: string[] }[], change: () => void): Node {
  const row = document.createElement("div");
  for (const { question, answers } of said) {
    row.append(line("dt", question), ...answers.map((answer) => limited(line("dd", answer))));
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = byId("form").dataset["change"] ?? "";
  button.setAttribute("aria-label", `${button.textContent}: ${said[0]?.question}`);
  button.addEventListener("click", change);
  const last = line("dd", "");
  last.className = "change";
  last.append(button);
  row.append(last);
  return row;
}

/** Who has no finger on the glass scrolls with the arrow keys, which takes the focus. */
function limited(line: HTMLElement): HTMLElement {
  const text = line.textContent ?? "";
  if (text.length > LONG_CHARACTERS || text.split("\n").length > LONG_LINES) {
    line.className = "long";
    line.tabIndex = 0;
  }
  return line;
}

function line(kind: "dt" | "dd", text: string): HTMLElement {
  const line = document.createElement(kind);
  line.dir = "auto";
  line.textContent = text;
  return line;
}
