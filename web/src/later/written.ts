// What was written to a code, as it is shown: text and nothing else, the newest first, with a button for what is older below it while
// there may be more.

import { settle } from "../form/screens.js";
import { PER_ANSWER, type Replies, type Reply } from "../replies.js";
import { actions, button, line, make } from "./build.js";
import { MANNERS, SAID, text } from "./said.js";

/** See the module. */
export class Written {
  readonly element = make("div", { id: "replies", translate: false });
  readonly #unread = line("unread", { tabIndex: -1 });
  readonly #stay = make("p", { tabIndex: -1, textContent: text("stay", { days: String(SAID.days) }) });
  readonly #older: HTMLElement;
  #count = 0;

  /** `onOlder` asks for more, and `status` says beside the button how that goes. */
  constructor(onOlder: () => void, status: HTMLElement) {
    this.#older = actions(button("older", onOlder), status);
  }

  /** How many were found, those that do not open among them. */
  get count(): number {
    return this.#count;
  }

  /** Shows these in the place of what was shown. A mailbox with nothing in it looks like one that is not there. */
  show(found: Replies, wasWiped: boolean): void {
    this.empty();
    if (sizeOf(found) === 0) return this.element.append(line(wasWiped ? "wiped" : "empty"));
    this.element.append(this.#unread, this.#older, this.#stay);
    this.#unread.hidden = true;
    this.#put(found);
  }

  /** Shows these below the others, and goes to the first of them; where none came, to what stands below. */
  add(found: Replies): void {
    const first = this.#put(found)[0]?.querySelector("p");
    const below = this.#unread.hidden ? this.#stay : this.#unread;
    (first ?? below).focus();
    settle();
  }

  /** Drops all that was shown. */
  empty(): void {
    this.#count = 0;
    this.element.textContent = "";
  }

  #put(found: Replies): HTMLElement[] {
    const notes = found.replies.map(noteOf);
    this.#unread.before(...notes);
    this.#count += sizeOf(found);
    if (found.unread > 0) this.#unread.hidden = false;
    this.#older.hidden = sizeOf(found) < PER_ANSWER;
    return notes;
  }
}

function sizeOf({ replies, unread }: Replies): number {
  return replies.length + unread;
}

function noteOf({ written, lang, text: words }: Reply): HTMLElement {
  const from = make("p", { tabIndex: -1, textContent: text("from", { date: dayOf(written) }) });
  const said = make("p", { className: "reply", lang, dir: "auto", textContent: words });
  return make("div", { className: "note" }, from, said);
}

/** The day as people write it in the page's language. */
function dayOf(written: string): string {
  const day = new Date(`${written}T00:00:00Z`);
  const how = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return Number.isNaN(day.getTime()) ? written : day.toLocaleDateString(MANNERS, how);
}
