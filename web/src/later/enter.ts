// Coming back: the words are read here, the mailbox is asked, and what lies in it is shown as text.

import { byId } from "../form/dom.js";
import type { Page } from "../form/later.js";
import { show, shownScreen } from "../form/screens.js";
import { receiptOf, readCode, type Receipt } from "../receipt.js";
import { ANSWER_BYTES, mailboxRequest, openReplies, type Replies, type Reply } from "../replies.js";
import { askMailbox, pageLine } from "../send.js";
import type { WordList } from "../wordlist.js";
import type { Again } from "./again.js";
import { actions, back, box, button, heading, leave, line, make, screen, status } from "./build.js";
import { askForWords } from "./mistyped.js";
import { MANNERS, SAID, text } from "./said.js";

/** Fills the screen where a code is typed, adds those behind it, and knows who came back while somebody has. */
export class Enter {
  #receipt: Receipt | null = null;
  #asking: AbortController | null = null;
  readonly #status = { read: status(), delete: status() };
  readonly #replies = make("div", { id: "replies", translate: false });

  constructor(
    private readonly page: Page,
    private readonly list: WordList,
    private readonly again: Again,
  ) {
    this.#fillEnter();
    this.#addBox();
    screen(
      "wipe",
      back(() => show("box")),
      heading("wipe-heading"),
      line("wipe-what"),
      actions(button("wipe-yes", () => void this.#ask("delete"), "go"), this.#status.delete),
    );
    if (shownScreen() === "code") show("code");
  }

  /** Drops the keys and what was read, and stops what is under way. */
  forget(): void {
    this.#asking?.abort();
    this.#receipt?.signer.fill(0);
    this.#asking = this.#receipt = null;
    for (const part of [this.#status.read, this.#status.delete, this.#replies]) part.textContent = "";
    emptyBox();
  }

  #fillEnter(): void {
    byId("code-wait").remove();
    const section = document.querySelector<HTMLElement>("[data-screen=code]");
    section?.append(
      heading("enter-heading", "q-code"),
      line("enter-what"),
      box("code", 4, "q-code"),
      actions(button("enter", () => void this.#enter(), "go"), this.#status.read),
    );
  }

  #addBox(): void {
    const add = (isStop: boolean) => this.#receipt !== null && this.again.begin(this.#receipt, isStop);
    screen(
      "box",
      back(() => this.page.way.follow("start")),
      heading("box-heading"),
      this.#replies,
      line("no-echo"),
      actions(
        button("more", () => add(false), "go"),
        button("stop", () => add(true)),
        button("wipe", () => show("wipe")),
        leave(),
      ),
    );
  }

  /** From words to keys, if they are a code; nothing is asked of the server before that. */
  async #enter(): Promise<void> {
    if (this.#asking !== null) return;
    const typed = readCode(byId<HTMLTextAreaElement>("code").value, this.list);
    if (typed.is !== "code") {
      this.#status.read.textContent = askForWords(typed);
      return byId("code").focus();
    }
    const going = (this.#asking = new AbortController());
    this.#status.read.textContent = text("asking");
    const receipt = await receiptOf(typed.code, this.page.keyring.genesis).catch(() => null);
    if (going.signal.aborted) return;
    this.#asking = null;
    this.#receipt = receipt;
    await this.#ask("read");
  }

  /** Shows what the mailbox has, or what is left in it. */
  async #ask(act: "read" | "delete"): Promise<void> {
    if (this.#asking !== null) return;
    const going = (this.#asking = new AbortController());
    this.#status[act].textContent = text("asking");
    const found = await look(act, this.#receipt, going.signal);
    if (going.signal.aborted) return;
    this.#asking = null;
    this.#status[act].textContent = typeof found === "string" ? text(found) : "";
    if (typeof found === "string") return;
    emptyBox();
    this.#replies.textContent = "";
    this.#replies.append(...lines(found, act === "delete"));
    show("box");
  }
}

/** The words are needed no more once they were read. */
function emptyBox(): void {
  const typed = byId<HTMLTextAreaElement>("code");
  typed.value = "";
  typed.replaceWith(typed.cloneNode(false));
}

async function look(act: "read" | "delete", receipt: Receipt | null, signal: AbortSignal): Promise<Replies | "busy" | "lost"> {
  if (receipt === null) return "lost";
  const given = await askMailbox(mailboxRequest(receipt, act), ANSWER_BYTES, pageLine(() => undefined), signal);
  return given instanceof Uint8Array ? openReplies(given, receipt) : given === "busy" ? "busy" : "lost";
}

/** A mailbox with nothing in it looks like one that is not there. */
function lines({ replies, unread }: Replies, wasWiped: boolean): HTMLElement[] {
  if (replies.length + unread === 0) return [line(wasWiped ? "wiped" : "empty")];
  const stay = make("p", { textContent: text("stay", { days: String(SAID.days) }) });
  return [...replies.map(shown), ...(unread > 0 ? [line("unread")] : []), stay];
}

function shown({ written, lang, text: words }: Reply): HTMLElement {
  const said = make("p", { className: "reply", lang, dir: "auto", textContent: words });
  return make("div", { className: "note" }, make("p", { textContent: text("from", { date: dayOf(written) }) }), said);
}

/** The day as people write it in the page's language. */
function dayOf(written: string): string {
  const day = new Date(`${written}T00:00:00Z`);
  const how = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return Number.isNaN(day.getTime()) ? written : day.toLocaleDateString(MANNERS, how);
}
