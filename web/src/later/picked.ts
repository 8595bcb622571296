// One picked file in the list: what it is by its number alone, what became of the note hidden in it, and what the person decides.

import type { Outgoing } from "../files.js";
import type { Chosen } from "../prepare.js";
import { button, line, make } from "./build.js";
import { megabytes, text } from "./said.js";

/** See the module. */
export class Picked {
  readonly element: HTMLElement;
  /** What it is called here. */
  readonly name: string;
  readonly #decide = make("input", { type: "checkbox", autocomplete: "off" });
  readonly #remove: HTMLButtonElement;
  #outgoing: Outgoing | null = null;

  constructor(
    private readonly chosen: Chosen,
    number: number,
    onRemove: () => void,
  ) {
    const { blob, cleaned, isPhoto } = chosen;
    const isClean = cleaned !== null;
    this.name = text(isPhoto ? "file-photo" : "file-other", { number: String(number) });
    const size = text("file-size", { all: megabytes(blob.size) });
    const title = make("h2", { textContent: `${this.name} (${size})`, id: `file-${number}` });
    const said = line(isClean ? "file-clean" : "file-unclean");
    // No screen shot says what a film does.
    if (!isClean && isPhoto) said.append(` ${text("file-shot")}`);
    const label = make("label", { className: "pick" }, this.#decide, make("span", { textContent: text(isClean ? "file-keep" : "file-as-is") }));
    this.#remove = button("file-remove", () => {
      this.element.remove();
      onRemove();
    });
    for (const part of [this.#decide, this.#remove]) part.setAttribute("aria-describedby", title.id);
    this.element = make("div", { className: "note" }, title, said, label, this.#remove);
  }

  /** What is to be sent of it: always the same until the person decides otherwise; null while they have to say whether it goes as it is. */
  outgoing(): Outgoing | null {
    const { blob, type, cleaned, isPhoto } = this.chosen;
    const sent = this.#decide.checked ? blob : cleaned;
    if (sent === null) return null;
    const note = cleaned !== null && sent === cleaned ? "removed" : isPhoto ? "kept" : undefined;
    if (this.#outgoing?.blob !== sent) this.#outgoing = { blob: sent, type, note };
    return this.#outgoing;
  }

  /** Brings the person to what they have to decide. */
  focus(): void {
    this.#decide.focus();
  }

  /** While it is on its way nothing of it can be changed. */
  setHeld(isHeld: boolean): void {
    this.#decide.disabled = this.#remove.disabled = isHeld;
  }
}
