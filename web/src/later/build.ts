// Parts of a screen, made one by one: no text ever becomes markup.

import { byId } from "../form/dom.js";
import { text } from "./said.js";

/** An element with these properties and children. */
export function make<K extends keyof HTMLElementTagNameMap>(
  kind: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(kind);
  Object.assign(made, properties);
  made.append(...children);
  return made;
}

/** A heading of a screen. */
export function heading(name: string, id = ""): HTMLElement {
  return make("h1", { textContent: text(name), tabIndex: -1, id });
}

/** A line of text. */
export function line(name: string, more: Partial<HTMLParagraphElement> = {}): HTMLElement {
  return make("p", { textContent: text(name), ...more });
}

/** A line that says how things go, to eyes and ears. */
export function status(): HTMLElement {
  const line = make("p", { className: "status" });
  line.setAttribute("role", "status");
  return line;
}

/** A button that does `act`. */
export function button(name: string, act: () => void, className = ""): HTMLButtonElement {
  const made = make("button", { type: "button", className, textContent: text(name) });
  made.addEventListener("click", act);
  return made;
}

/** The button that goes back; its word is the form's own. */
export function back(act: () => void): HTMLButtonElement {
  const made = button("", act, "back");
  made.textContent = document.querySelector("#form .back")?.textContent ?? "";
  return made;
}

/** The last button of a screen: away from here for good. */
export function leave(): HTMLButtonElement {
  return button("leave", () => byId("leave").click(), "quiet");
}

/** A row of buttons. */
export function actions(...buttons: Node[]): HTMLElement {
  return make("div", { className: "actions" }, ...buttons);
}

/**
 * A box like those of the form, with all that keeps keyboards and spelling aids out of them. It is made of the form's template: in the
 * form's own somebody may have typed by now, and a copy of a box has its words in it.
 */
export function box(name: string, rows: number, labelledBy: string): HTMLTextAreaElement {
  const made = byId<HTMLTemplateElement>("form-template").content.querySelector("#fast")?.cloneNode(false) as HTMLTextAreaElement;
  Object.assign(made, { id: name, name, rows });
  made.setAttribute("aria-labelledby", labelledBy);
  made.removeAttribute("aria-describedby");
  return made;
}

/** Empties a box. It is put in anew, so that no undo brings its words back. */
export function emptyBox(name: string): void {
  const typed = byId<HTMLTextAreaElement>(name);
  typed.value = "";
  typed.replaceWith(typed.cloneNode(false));
}

/** Adds a screen to the form. */
export function screen(name: string, ...children: Node[]): HTMLElement {
  const section = make("section", { hidden: true }, ...children);
  section.dataset["screen"] = name;
  byId("form").append(section);
  return section;
}
