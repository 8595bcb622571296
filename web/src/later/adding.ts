// Adding photos, files and a voice to a letter that was sent: they are picked or spoken, made ready and sent here. Nothing of a file is
// shown, and its name is not even read.

import { show } from "../form/screens.js";
import { Files, type Outgoing } from "../files.js";
import { prepare } from "../prepare.js";
import type { SealedTip } from "../seal.js";
import { pageLine } from "../send.js";
import type { Ending } from "../tus.js";
import { actions, back, button, heading, leave, line, make, screen, status } from "./build.js";
import { Picked } from "./picked.js";
import { megabytes, SAID, text } from "./said.js";
import { Spoken } from "./spoken.js";
import { Voice } from "./voice.js";

const MINUTE_MS = 60_000;
/** Where a site takes no file of so many MB, a long voice would be refused after it was spoken. */
const VOICE_MB = 6;

/** What is on the list: picked or spoken. */
type Item = Picked | Spoken;

/** See the module. Where the site takes no files there is nothing to see. */
export class Adding {
  #files: Files | null = null;
  #going: AbortController | null = null;
  #picked: Item[] = [];
  #number = 0;
  #from = { at: 0, done: 0 };
  readonly #offer = button("file-add", () => show("files"));
  readonly #voice: Voice | null;
  readonly #input = make("input", { type: "file", multiple: true, id: "files" });
  readonly #list = make("div", { id: "picked" });
  readonly #progress = make("p", {});
  readonly #status = status();
  readonly #send = button("file-send", () => void this.#tap(), "go");

  constructor() {
    this.#offer.hidden = true;
    this.#voice = (SAID.files ?? 0) < VOICE_MB ? null : new Voice((wav) => this.#hear(wav));
    if (SAID.files === undefined) return;
    this.#input.addEventListener("change", () => void this.#pick());
    const pick = make("span", { className: "button", textContent: text("file-pick") });
    screen(
      "files",
      back(() => show("sent")),
      heading("file-heading"),
      line("file-what"),
      line("file-note"),
      make("p", { textContent: document.querySelector("[data-screen=signs] .hint")?.textContent ?? "" }),
      make("label", { className: "file" }, this.#input, pick),
      this.#list,
      actions(this.#send, this.#progress, this.#status, leave()),
    );
    const offers = this.#voice === null ? [this.#offer] : [this.#voice.offer, this.#offer];
    document.querySelector("[data-screen=sent] .actions")?.append(...offers);
  }

  /** Files may follow this tip from now on. */
  follow(tip: SealedTip | null): void {
    this.wipe();
    if (SAID.files === undefined || tip === null) return;
    const say = () => (this.#status.textContent = text("file-again"));
    const line = { ...pageLine(say), now: () => performance.now(), onMove: () => this.#tell() };
    this.#files = new Files(tip, line);
    this.#offer.hidden = false;
    this.#voice?.arm();
  }

  /** Stops what is under way, and drops every file and key. */
  wipe(): void {
    this.#going?.abort();
    this.#files?.wipe();
    this.#files = this.#going = null;
    this.#number = 0;
    this.#offer.hidden = true;
    this.#voice?.wipe();
    this.#empty();
    this.#say(null);
  }

  async #pick(): Promise<void> {
    const files = [...(this.#input.files ?? [])];
    const place = this.#files;
    this.#input.value = "";
    this.#say(null);
    for (const file of files) {
      const most = SAID.files ?? 0;
      const chosen = file.size > most * 1e6 ? null : await prepare(file).catch(() => null);
      if (this.#files !== place) return;
      if (chosen !== null) this.#add((number, onRemove) => new Picked(chosen, number, onRemove));
      else this.#status.textContent = text(file.size > most * 1e6 ? "file-big" : "file-unread", { max: String(most) });
    }
  }

  /** What was spoken is on the list before it can be sent, so that it can be listened to. */
  #hear(wav: Uint8Array): void {
    this.#say(null);
    const spoken = this.#add((number, onRemove) => new Spoken(wav, number, onRemove));
    show("files");
    spoken.element.scrollIntoView({ block: "nearest" });
    spoken.focus();
  }

  #add<T extends Item>(make: (number: number, onRemove: () => void) => T): T {
    const item = make(++this.#number, () => {
      this.#picked = this.#picked.filter((one) => one !== item);
      this.#send.focus();
    });
    this.#picked.push(item);
    this.#list.append(item.element);
    return item;
  }

  /** One button sends, holds and goes on. */
  async #tap(): Promise<void> {
    const files = this.#files;
    if (this.#going !== null) return this.#hold();
    if (files === null) return;
    if (this.#picked.length === 0) return this.#say("file-none");
    const undecided = this.#picked.find((one) => one.outgoing() === null);
    if (undecided !== undefined) return this.#ask(undecided);
    const going = (this.#going = new AbortController());
    const outgoing = this.#outgoing();
    this.#from = { at: performance.now(), done: files.progress(outgoing).done };
    this.#turn(true);
    this.#say("file-sending");
    this.#tell();
    const ending = await files.run(outgoing, going.signal).catch((): Ending => "refused");
    if (going.signal.aborted) return;
    this.#going = null;
    this.#turn(false);
    this.#end(ending);
  }

  #hold(): void {
    this.#going?.abort();
    this.#going = null;
    this.#turn(false);
    this.#say("file-held");
  }

  #end(ending: Ending | Outgoing): void {
    if (ending === "done") this.#empty();
    if (typeof ending === "string") return this.#say(`file-${ending}`);
    const bad = this.#picked.find((one) => one.outgoing() === ending);
    this.#status.textContent = text("file-changed", { name: bad?.name ?? "" });
  }

  #ask(undecided: Item): void {
    this.#say("file-decide");
    undecided.focus();
  }

  /** While it sends, the list stays as it is. */
  #turn(isGoing: boolean): void {
    this.#input.disabled = isGoing;
    if (this.#voice !== null) this.#voice.offer.disabled = isGoing;
    for (const picked of this.#picked) picked.setHeld(isGoing);
    this.#send.textContent = text(isGoing ? "file-hold" : "file-go-on");
    this.#progress.textContent = "";
  }

  /** How far it is, for eyes alone: ears would hear of nothing else. */
  #tell(): void {
    const { at, done: before } = this.#from;
    const { done, all } = this.#files?.progress(this.#outgoing()) ?? { done: 0, all: 0 };
    const minutes = ((performance.now() - at) * (all - done)) / (done - before) / MINUTE_MS;
    const far = text("file-far", { done: megabytes(done), all: megabytes(all) });
    const left = done > before && minutes < 600 ? text("file-left", { minutes: String(Math.ceil(minutes)) }) : "";
    this.#progress.textContent = `${far} ${left}`;
  }

  #say(name: string | null): void {
    this.#status.textContent = name === null ? "" : text(name);
  }

  #empty(): void {
    for (const item of this.#picked) if (item instanceof Spoken) item.wipe();
    this.#picked = [];
    this.#list.textContent = this.#progress.textContent = "";
    this.#input.value = "";
    this.#input.disabled = false;
    this.#send.textContent = text("file-send");
  }

  #outgoing(): Outgoing[] {
    return this.#picked.flatMap((one) => one.outgoing() ?? []);
  }
}
