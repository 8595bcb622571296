// Adding to what was sent: the form's own screens once more, fewer of them, for a letter that the code signs.

import { all, byId } from "../form/dom.js";
import type { Page } from "../form/later.js";
import type { Receipt } from "../receipt.js";
import { box, line, make } from "./build.js";
import { text } from "./said.js";

/** Turns the form to what it is for who adds, and back. */
export interface Again {
  /** Goes to the first screen. Who asks to be left alone finds that picked, and says to whom; all else is passed over. */
  readonly begin: (receipt: Receipt, isStop: boolean) => void;
  /** The form is for a first letter again. */
  readonly end: () => void;
}

/** Makes ready; changes nothing yet. */
export function armAgain({ draft, way }: Page): Again {
  const parts = [
    twin(byId("q-story"), document.createTextNode(text("more-heading"))),
    twin(byId("story-what"), line("more-what")),
  ];
  const readers = line("readers", { className: "note" });
  byId("readers").before(readers);
  const question = addQuestion();
  const reflect = () => {
    question.hidden = draft.again !== null || !["code", "other"].includes(picked("contact") ?? "");
  };
  byId("form").addEventListener("change", reflect);
  const turn = (isAgain: boolean) => {
    byId("form").classList.toggle("again", isAgain);
    for (const part of parts) part(isAgain);
    readers.hidden = !isAgain;
    reflect();
  };
  turn(false);
  return {
    begin: (receipt, isStop) => {
      draft.change();
      draft.again = { seed: receipt.signer, fields: null };
      turn(true);
      if (isStop) for (const choice of all<HTMLInputElement>("[value=none]")) choice.checked = true;
      way.reflect();
      way.follow(isStop ? "change" : "story");
      if (isStop) way.open("readers");
    },
    end: () => {
      if (draft.again !== null) draft.change();
      draft.again = null;
      turn(false);
    },
  };
}

/** What stands in a place for a first letter, and what stands there for one that is added; gives the turn from one to the other. */
function twin(place: HTMLElement, other: Node): (isAgain: boolean) => void {
  const first = [...place.childNodes];
  return (isAgain) => {
    place.textContent = "";
    place.append(...(isAgain ? [other] : first));
  };
}

/** Something that only they know, so that whoever speaks with them can be sure of it. */
function addQuestion(): HTMLElement {
  const name = "check_question";
  const label = make("label", { className: "label", id: `q-${name}`, htmlFor: name, textContent: text("question") });
  const question = make("div", {}, label, box(name, 2, `q-${name}`));
  byId("contact-way").after(question);
  return question;
}

/** What is picked of this name. */
function picked(name: string): string | undefined {
  return all<HTMLInputElement>(`[name=${name}]`).find((choice) => choice.checked)?.value;
}
