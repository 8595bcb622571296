// The words of a code, on the screen that says it was sent, and a screen to type them once. Without words there is nothing there.

import { byId } from "../form/dom.js";
import { show } from "../form/screens.js";
import { readCode, type Code } from "../receipt.js";
import type { WordList } from "../wordlist.js";
import { actions, back, box, button, emptyBox, heading, line, make, screen, status } from "./build.js";
import { askForWords } from "./mistyped.js";
import { SAID, text } from "./said.js";

/** The words of a code as they are shown. */
export function spell(code: Code, list: WordList): string[] {
  return code.map((bits) => list.word(bits).normalize("NFC"));
}

/** See the module. */
export class Give {
  #given = "";
  readonly #words = make("ol", { className: "words", lang: SAID.language, dir: "ltr", translate: false });
  readonly #answer = status();
  readonly #heading = make("h2", { textContent: text("heading"), tabIndex: -1 });
  readonly #offer = make("div", { className: "note" }, line("fast"), button("show", () => this.#show()));
  readonly #shown = make("div", {}, this.#heading, line("text"), this.#words, line("back"));
  readonly #place = make("div", { hidden: true }, this.#offer, this.#shown);
  readonly #practice = button("try", () => show("practice"));

  constructor(private readonly list: WordList) {
    this.#practice.hidden = true;
    const toWords = () => {
      emptyBox("practice");
      this.#answer.textContent = "";
      show("sent");
    };
    screen(
      "practice",
      back(toWords),
      heading("try-heading", "q-practice"),
      line("try-what"),
      box("practice", 3, "q-practice"),
      actions(button("try-check", () => this.#check(), "go"), this.#answer, button("again", toWords)),
    );
    const sent = document.querySelector<HTMLElement>("[data-screen=sent]");
    sent?.querySelector("h1")?.after(this.#place);
    sent?.querySelector(".actions")?.append(this.#practice);
  }

  /** Shows the words, or offers to where nobody asked for them; none takes them all away. */
  give(words: readonly string[], isWanted: boolean): void {
    this.#given = words.join();
    this.#words.textContent = this.#answer.textContent = "";
    this.#words.append(...words.map((word) => make("li", { textContent: word })));
    this.#place.hidden = words.length === 0;
    this.#turn(isWanted);
  }

  /** The button that was tapped is gone, and the focus would be with it. */
  #show(): void {
    this.#turn(true);
    this.#heading.focus({ preventScroll: true });
  }

  #turn(isShown: boolean): void {
    this.#offer.hidden = isShown;
    this.#shown.hidden = !isShown;
    this.#practice.hidden = !isShown || this.#given === "";
  }

  #check(): void {
    const typed = readCode(byId<HTMLTextAreaElement>("practice").value, this.list);
    const isRight = typed.is === "code" && spell(typed.code, this.list).join() === this.#given;
    this.#answer.textContent = isRight ? text("try-right") : typed.is === "code" ? text("mismatch") : askForWords(typed);
  }
}
