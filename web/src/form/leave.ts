// Getting away: the exit, the cover, and the wipe whenever the page is left by whatever road.
// The exit covers first, wipes second and goes third, so that a slow line never shows the form.

import { all, byId } from "./dom.js";
import { present, settle, shown } from "./screens.js";

/** A finger that rests too long and any button of a mouse mean the same. */
const TAPS = ["click", "auxclick", "contextmenu"];
/** One of these keys pressed so often, alone, within this time, leaves. */
const KEYS = ["Shift", "Escape"];
const PRESSES = 3;
const PRESSES_MS = 5_000;
/** A frame takes less than that, or nothing is drawn at all. */
const FRAME_MS = 100;

/** What leaving needs from the form. */
export interface Leaving {
  /** Empties every field and drops every secret. */
  readonly wipe: () => void;
  /** Shows the first screen again. */
  readonly restart: () => void;
}

/** Arms the exit, the wipe on every way out, and the cover for when the page is out of sight. */
export function armLeaving(leaving: Leaving): void {
  const leave = () => leaveNow(leaving.wipe);
  for (const way of [byId("leave"), byId("cover"), ...all("[data-leave]")]) {
    for (const tap of TAPS) {
      way.addEventListener(tap, (event) => {
        event.preventDefault();
        leave();
      });
    }
  }
  armKeys(leave);
  keepInSight(byId("leave"));
  const empty = () => {
    leaving.wipe();
    leaving.restart();
  };
  // Before the browser puts the page away, so that it has nothing but the first screen to show when it comes back.
  addEventListener("pagehide", empty);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    empty();
    for (const cover of [byId("cover"), byId("away")]) cover.hidden = true;
    byId("main").hidden = false;
  });
  armAway();
}

/**
 * Replaces the form in the tab's history, so that Back goes to what was before it. Goes even if the wipe fails. On a slow phone the
 * wipe takes longer than a glance does, so it waits until the cover is there to be seen, and no longer.
 */
function leaveNow(wipe: () => void): void {
  byId("cover").hidden = false;
  afterFrame(() => {
    byId("main").hidden = true;
    try {
      wipe();
    } finally {
      location.replace(byId<HTMLAnchorElement>("leave").href);
    }
  });
}

/** Acts once, as soon as the next frame is on its way to the glass, or soon where none comes. */
function afterFrame(act: () => void): void {
  let isDue = true;
  const once = () => {
    if (isDue) act();
    isDue = false;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, FRAME_MS);
}

/**
 * What one sees moves within the page when the keyboard opens, or two fingers make the page larger; the exit moves with it. Where the
 * page is shown smaller, as a phone that asks for a desktop's page does, an exit made larger would make the page wider and smaller still.
 */
function keepInSight(exit: HTMLElement): void {
  const view = globalThis.visualViewport ?? null;
  const follow = () => {
    if (view === null) return;
    const { offsetLeft, offsetTop, scale } = view;
    exit.style.transform = `translate(${offsetLeft}px, ${offsetTop}px) scale(${1 / Math.max(1, scale)})`;
  };
  view?.addEventListener("resize", follow);
  view?.addEventListener("scroll", follow);
}

function armKeys(leave: () => void): void {
  let times: number[] = [];
  let alone = "";
  const other = () => {
    alone = "";
    times = [];
  };
  addEventListener("keydown", (event) => {
    const isOne = KEYS.includes(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
    if (!isOne || (alone !== "" && event.key !== alone)) other();
    if (isOne) alone = event.key;
  });
  // With Shift held, a click marks text.
  addEventListener("pointerdown", other);
  addEventListener("keyup", (event) => {
    if (event.key !== alone) return;
    times = [...times, event.timeStamp].filter((time) => event.timeStamp - time <= PRESSES_MS);
    if (times.length >= PRESSES) leave();
  });
}

/** While out of sight the page shows nothing, in the list of open apps as well; the words stay. */
function armAway(): void {
  const away = byId("away");
  const main = byId("main");
  let scrolled = 0;
  let focused: Element | null = null;
  let seen = "";
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      if (!away.hidden) away.focus();
      return;
    }
    if (!away.hidden) return;
    scrolled = scrollY;
    focused = document.activeElement;
    seen = shown();
    away.hidden = false;
    main.hidden = true;
  });
  away.addEventListener("click", () => {
    away.hidden = true;
    main.hidden = false;
    if (shown() !== seen) return present();
    scrollTo(0, scrolled);
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    settle();
  });
}
