// Coming back: the words are read here, the mailbox is asked, and what lies in it is shown as text.

import { byId } from "../form/dom.js";
import type { Page } from "../form/later.js";
import { show, shownScreen } from "../form/screens.js";
import { receiptOf, readCode, type Receipt } from "../receipt.js";
import { ANSWER_BYTES, mailboxRequest, openReplies, type Replies } from "../replies.js";
import { askMailbox, pageLine } from "../send.js";
import type { WordList } from "../wordlist.js";
import type { Again } from "./again.js";
import { actions, back, box, button, emptyBox, heading, leave, line, screen, status } from "./build.js";
import { askForWords } from "./mistyped.js";
import { text } from "./said.js";
import { Written } from "./written.js";

/** What is asked of the mailbox: what is there, what is older than what is shown, or to take it all away. */
type Act = "read" | "older" | "delete";

/** Begins the name of what is said where one failed: typed words are left at the first alone, and of a wipe nobody knows if it was done. */
const FAILED = { read: "", older: "older-", delete: "wipe-" };

/** Fills the screen where a code is typed, adds those behind it, and knows who came back while somebody has. */
export class Enter {
  #receipt: Receipt | null = null;
  #asking: AbortController | null = null;
  /** What was asked last. */
  #asked: Act = "read";
  readonly #status = { read: status(), older: status(), delete: status() };
  readonly #written = new Written(() => void this.#ask("older"), this.#status.older);

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
    this.#stop();
    this.#receipt?.signer.fill(0);
    this.#receipt = null;
    this.#written.empty();
    emptyBox("code");
  }

  #stop(): void {
    this.#asking?.abort();
    this.#asking = null;
    for (const part of Object.values(this.#status)) part.textContent = "";
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
      this.#written.element,
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

  /** Shows what the mailbox has, what is older, or what is left in it; asks one thing at a time. Who wipes does not wait for what is older. */
  async #ask(act: Act): Promise<void> {
    if (act === "delete" && this.#asked === "older") this.#stop();
    if (this.#asking !== null) return;
    this.#asked = act;
    const going = (this.#asking = new AbortController());
    this.#status[act].textContent = text("asking");
    const found = await look(act, this.#receipt, this.#written.count, going.signal);
    if (going.signal.aborted) return;
    this.#asking = null;
    this.#status[act].textContent = typeof found === "string" ? text(FAILED[act] + found) : "";
    if (typeof found === "string") return;
    if (act === "older") return this.#written.add(found);
    emptyBox("code"); // its words are needed no more
    this.#written.show(found, act === "delete");
    show("box");
  }
}

/** `shown` so many are passed over where older ones are asked for. */
async function look(act: Act, receipt: Receipt | null, shown: number, signal: AbortSignal): Promise<Replies | "busy" | "lost"> {
  if (receipt === null) return "lost";
  const request = act === "older" ? mailboxRequest(receipt, "read", shown) : mailboxRequest(receipt, act);
  const given = await askMailbox(request, ANSWER_BYTES, pageLine(() => undefined), signal);
  return given instanceof Uint8Array ? openReplies(given, receipt) : given === "busy" ? "busy" : "lost";
}
