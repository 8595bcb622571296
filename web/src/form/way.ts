// The way through the form: which screen follows which, and what must be there before a tip can be checked and sent.

import type { Draft } from "../draft.js";
import type { Keyring } from "../keyring.js";
import { fits, type Answers } from "../letter.js";
import { emptyCheck, fillCheck } from "./check.js";
import { all, byId } from "./dom.js";
import * as fields from "./fields.js";
import { adviseReaders, excluded, firstReader, fastReaders, orderReaders, pickedReaders } from "./readers.js";
import { fetchLater, later } from "./later.js";
import { show, shownScreen, showProblem, type Problem } from "./screens.js";
import { atRest } from "./sending.js";

/** Goes from screen to screen. */
export class Way {
  /** One answer is being changed: after it comes the check again. */
  private isChanging = false;

  constructor(
    private readonly keyring: Keyring,
    private readonly draft: Draft,
  ) {}

  /** Follows a button: `next`, `back`, `change`, or the name of a screen. */
  follow(to: string): void {
    if (to === "next") {
      if (this.mayLeave()) this.open(this.isChanging ? "check" : this.beside(1));
    } else if (to === "back") {
      // Who came back and has not said yet to whom: there is nothing to check.
      const isFirst = this.isAgain() && pickedReaders(this.keyring).length === 0;
      this.open(this.isChanging && !isFirst ? "check" : this.beside(-1));
    } else if (to === "change") {
      this.change("story");
    } else {
      this.open(to);
    }
  }

  /** Whether this route can be sent; what is missing is said where it can be mended. */
  isReady(route: Answers["route"]): boolean {
    const answers = this.read(route);
    if (answers.readers.length === 0) return this.refuse("no-readers", firstReader());
    const hasTold = route === "fast" ? fields.typed("fast").trim() !== "" : fields.hasTold() || this.isAgain() && fields.hasAsked();
    if (!hasTold) return this.refuse("empty", byId(route === "fast" ? "fast" : "story"));
    if (route === "full" && this.wantsCode() && later() === null) return this.lackCode();
    return fits(answers) || this.refuse("too-long", route === "fast" ? byId("fast") : fields.longestBox());
  }

  /** What goes into the letter. */
  read(route: Answers["route"]): Answers {
    const { lang } = document.documentElement;
    if (route === "fast") return { lang, route, readers: fastReaders(this.keyring), story: fields.typed("fast") };
    return { lang, route, readers: pickedReaders(this.keyring), ...fields.answers(), exclude_text: excluded() };
  }

  /** Brings the page in line with the answers: whom it speaks of, what it asks for, what it advises. */
  reflect(): void {
    byId("form").classList.toggle("self", fields.picked("about") === "self");
    byId("contact-way").hidden = fields.picked("contact") !== "other";
    adviseReaders(this.keyring);
  }

  /** Whether the letter is to carry the keys of a new code. */
  wantsCode(): boolean {
    return !this.isAgain() && fields.picked("contact") === "code";
  }

  /** Says that no code can be had, where another answer can be picked. */
  lackCode(): false {
    return this.refuse("no-code", fields.choices("contact")[0] as HTMLElement);
  }

  /** Opens the screen of this name. */
  open(screen: string): void {
    fetchLater(() => screen === "code" && this.enter());
    if (screen === "check" && !this.isReady("full")) return;
    if (screen === "start") later()?.rest();
    if ((screen === "fast" || screen === "story") && fields.carryWords(screen)) this.draft.change();
    if (screen === "readers") orderReaders(this.keyring);
    if (!isStep(screen) || screen === "check") this.isChanging = false;
    this.draft.stop();
    atRest(this.draft);
    emptyCheck();
    if (screen === "check") fillCheck(this.keyring, (other) => this.change(other));
    show(screen);
  }

  private change(screen: string): void {
    this.isChanging = true;
    this.open(screen);
  }

  /** The questions may all be passed over, but not who may read, and no more can be written than fits. */
  private mayLeave(): boolean {
    const screen = shownScreen();
    if (screen === "readers" && pickedReaders(this.keyring).length === 0) return this.refuse("no-readers", firstReader());
    const boxes = all(`[data-screen="${screen}"] textarea`);
    return boxes.length === 0 || fits(this.read("full")) || this.refuse("too-long", fields.longestBox());
  }

  private refuse(problem: Problem, fix: HTMLElement): false {
    const screen = fix.closest<HTMLElement>("[data-screen]")?.dataset["screen"] ?? shownScreen();
    if (screen !== shownScreen()) this.change(screen);
    showProblem(problem, fix);
    return false;
  }

  private beside(steps: 1 | -1): string {
    const screens = all(this.isAgain() ? "section[data-again]" : "[data-step]").map((section) => section.dataset["screen"] ?? "");
    return screens[screens.indexOf(shownScreen()) + steps] ?? (this.isAgain() ? "box" : "start");
  }

  /** Says so where codes cannot be had. */
  private enter(): void {
    if (later() === null && shownScreen() === "code") this.refuse("no-code", byId("code-wait"));
  }

  private isAgain(): boolean {
    return this.draft.again !== null;
  }
}

function isStep(screen: string): boolean {
  return document.querySelector(`[data-step][data-screen="${screen}"]`) !== null;
}
