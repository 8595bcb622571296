// What comes after the first screen and is too heavy to come with it: receipt codes. Every page fetches it at the same moment, when
// the person goes past the first screen, so that the fetching says nothing about who has a code or wants one.

import type { Keyring } from "../keyring.js";
import type { Draft } from "../draft.js";
import type { Signer } from "../link.js";
import type { SealedTip } from "../seal.js";
import { byId } from "./dom.js";
import type { Way } from "./way.js";

/** What the later script works with. */
export interface Page {
  readonly keyring: Keyring;
  readonly draft: Draft;
  readonly way: Way;
}

/** A code that was made for one letter. */
export interface Taken {
  /** Signs the letter, and brings the fields by which readers write back. */
  readonly signer: Signer;
  /** To be shown once the letter was sent. */
  readonly words: readonly string[];
}

/** What the later script brings. */
export interface Later {
  /** Makes a code. Rejects where the browser derives no keys. */
  readonly take: () => Promise<Taken>;
  /**
   * What comes after it was sent: puts the words on the screen that says so, where there are any (`isWanted` is not for who was never
   * asked, and may look at them or not), and offers to add files to the tip, where the site takes any.
   */
  readonly give: (words: readonly string[] | null, isWanted: boolean, tip: SealedTip | null) => void;
  /** Whoever came back with a code goes no further with it. */
  readonly rest: () => void;
  /** Takes every word, key and reply off the page. */
  readonly wipe: () => void;
}

/** How the later script makes itself out of the page. */
type Bring = (page: Page) => Later;

let page: Page | null = null;
let brought: Later | null = null;
let isComing = false;
let waiting: (() => void) | null = null;

/** Where the later script finds what it is lent. */
declare const globalThis: { knothole: (run: (lent: readonly unknown[]) => void) => void };

/** Makes ready for the later script, which will run with what `lent` holds. */
export function expectLater(lent: readonly unknown[], of: Page): void {
  page = of;
  globalThis.knothole = (run) => run(lent);
}

/** Called by the later script, once. */
export function arrive(bring: Bring): void {
  if (page !== null) brought ??= bring(page);
}

/** What the later script brought; null until it has. */
export function later(): Later | null {
  return brought;
}

/** Fetches the later script, unless that was done; what failed is tried again at each step. `done` hears how it ended. */
export function fetchLater(done: (() => void) | null = null): void {
  waiting = done;
  const template = document.getElementById("later");
  if (brought !== null || template === null) return end();
  if (isComing) return;
  isComing = true;
  const script = (template as HTMLTemplateElement).content.querySelector("script")?.cloneNode() as HTMLScriptElement;
  script.onload = script.onerror = () => {
    isComing = false;
    script.remove();
    end();
  };
  byId("main").append(script);
}

function end(): void {
  const done = waiting;
  waiting = null;
  done?.();
}
