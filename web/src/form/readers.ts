// Who may read it, and who must not: one group is never both. Knows the groups by the numbers that the keyring gives them.

import { helpLine, isPickable, type Agency, type Keyring } from "../keyring.js";
import { all, byId } from "./dom.js";
import { choices, picked, ticked, typed } from "./fields.js";

/** Takes out every choice that the keyring holds no key for. */
export function limitReaders(keyring: Keyring): void {
  for (const label of all("[data-reader]")) {
    const agency = keyring.agencies[Number(label.dataset["reader"])];
    if (agency === undefined || !isPickable(agency)) label.remove();
  }
  if (helpLine(keyring) === null) all("[data-help-line]").forEach((part) => part.remove());
}

/** "I do not know" and the groups rule each other out, and so do picking a group and leaving it out. */
export function armReaders(keyring: Keyring): void {
  const first = helpLine(keyring)?.number;
  const untick = (name: string, value?: string) => {
    for (const tick of choices(name)) if (value === undefined || tick.value === value) tick.checked = false;
  };
  byId("form").addEventListener("change", (event) => {
    const tick = event.target;
    if (!(tick instanceof HTMLInputElement) || !tick.checked) return;
    if (tick.name === "unsure") {
      untick("reader");
      untick("exclude", String(first));
    } else if (tick.name === "reader") {
      untick("unsure");
      untick("exclude", tick.value);
    } else if (tick.name === "exclude") {
      untick("reader", tick.value);
      if (tick.value === String(first)) untick("unsure");
    }
  });
}

/** Numbers of the agencies picked; "I do not know" is the help line. */
export function pickedReaders(keyring: Keyring): number[] {
  if (choices("unsure")[0]?.checked === true) return fastReaders(keyring);
  return ticked("reader").map(Number).sort((a, b) => a - b);
}

/** Who reads what comes by the fast lane: the help line alone. */
export function fastReaders(keyring: Keyring): number[] {
  const first = helpLine(keyring);
  return first === null ? [] : [first.number];
}

/** Who must not read it: the names of the groups left out for a reason, then the source's own words. */
export function excluded(): string {
  const names = ticked("exclude").map((number) => nameOf(Number(number)));
  return [...names, typed("exclude_text")].filter((line) => line.trim() !== "").join("\n");
}

/** The first choice, where the focus goes when none was made. */
export function firstReader(): HTMLElement {
  return choices("reader")[0] ?? byId("form");
}

/** For who writes about themself the help line comes first, else the groups stand by number. Moves them, so only before they are shown. */
export function orderReaders(keyring: Keyring): void {
  const isFirst = (agency: Agency) => picked("about") === "self" && agency === helpLine(keyring);
  const list = byId("readers");
  const ordered = [...keyring.agencies].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || a.number - b.number);
  for (const { number } of ordered) list.append(...all(`#readers [data-reader="${number}"]`));
}

/** Shows what may help to choose, going by what was answered so far. */
export function adviseReaders(keyring: Keyring): void {
  const police = keyring.agencies.filter((agency) => agency.kind === "police" && isPickable(agency));
  note("seen", picked("about") === "seen" && police.length > 0);
  note("minor", picked("minor") === "yes");
  adviseInstead(keyring, police);
}

/** Where the police are part of the problem, the help line and the prosecutors are named. */
function adviseInstead(keyring: Keyring, police: Agency[]): void {
  const out = new Set(ticked("exclude").map(Number));
  const instead = keyring.agencies.filter(
    (agency) => ["help_line", "prosecutor"].includes(agency.kind) && isPickable(agency) && !out.has(agency.number),
  );
  note("police", instead.length > 0 && police.some((agency) => out.has(agency.number)));
  fillNames("instead", instead.map((agency) => agency.number));
}

function note(name: string, isShown: boolean): void {
  for (const part of all(`[data-note="${name}"]`)) part.hidden = !isShown;
}

/** Fills a list with the names of these agencies, and nothing else. */
export function fillNames(list: string, numbers: readonly number[]): void {
  const items = numbers.map((number) => {
    const item = document.createElement("li");
    item.textContent = nameOf(number);
    return item;
  });
  byId(list).textContent = "";
  byId(list).append(...items);
}

function nameOf(number: number): string {
  return document.querySelector(`[data-reader="${number}"] [data-name]`)?.textContent ?? "";
}
