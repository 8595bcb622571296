// Getting away: the exit, the cover, and the wipe whenever the page is left by whatever road.
// The exit covers first, wipes second and goes third, so that a slow line never shows the form.

import { all, byId } from "./dom.js";

/** Shift pressed so often, alone, within this time, leaves. */
const SHIFTS = 3;
const SHIFTS_MS = 5_000;

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
    way.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    way.addEventListener("auxclick", (event) => {
      event.preventDefault();
      leave();
    });
  }
  armShifts(leave);
  addEventListener("pagehide", leaving.wipe);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving.wipe();
    for (const cover of [byId("cover"), byId("away")]) cover.hidden = true;
    byId("main").hidden = false;
    leaving.restart();
  });
  armAway();
}

/** Replaces the form in the tab's history, so that Back goes to what was before it. */
function leaveNow(wipe: () => void): void {
  byId("cover").hidden = false;
  byId("main").hidden = true;
  wipe();
  location.replace(byId<HTMLAnchorElement>("leave").href);
}

function armShifts(leave: () => void): void {
  let times: number[] = [];
  let isAlone = false;
  addEventListener("keydown", (event) => {
    isAlone = event.key === "Shift";
    if (!isAlone) times = [];
  });
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !isAlone) return;
    times = [...times, event.timeStamp].filter((time) => event.timeStamp - time <= SHIFTS_MS);
    if (times.length >= SHIFTS) leave();
  });
}

/** While out of sight the page shows nothing, in the list of open apps as well; the words stay. */
function armAway(): void {
  const away = byId("away");
  const main = byId("main");
  let scrolled = 0;
  let focused: Element | null = null;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      if (!away.hidden) away.focus();
      return;
    }
    if (!away.hidden) return;
    scrolled = scrollY;
    focused = document.activeElement;
    away.hidden = false;
    main.hidden = true;
  });
  away.addEventListener("click", () => {
    away.hidden = true;
    main.hidden = false;
    scrollTo(0, scrolled);
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  });
}
