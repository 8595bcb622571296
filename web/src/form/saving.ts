// On the page that was saved to a disk: hands over the sealed tip as a file, since there is nobody to send it to.

import type { Draft } from "../draft.js";
import { all, byId } from "./dom.js";
import { show, shownScreen } from "./screens.js";

/** Where the browser has the file while it may still be asked for. */
let address = "";

/** Whether this is that page, and not the one that sends. */
export function isSavedPage(): boolean {
  return byId("form").dataset["file"] !== undefined;
}

/** Hands over the tip that was sealed, and says what to do with it. It can be asked for again until the wipe. */
export function saveTip({ sealed }: Draft): void {
  if (sealed === null) return;
  forgetTip();
  address = URL.createObjectURL(new Blob([sealed.body as BlobPart], { type: "application/x-tar" }));
  const hand = () => {
    const link = document.createElement("a");
    link.href = address;
    link.download = byId("form").dataset["file"] ?? "";
    link.click();
  };
  for (const button of all<HTMLButtonElement>("[data-save]")) button.onclick = hand;
  byId("saved-back").dataset["to"] = shownScreen();
  show("saved");
  hand();
}

/** The browser lets go of the bytes. */
export function forgetTip(): void {
  if (address !== "") URL.revokeObjectURL(address);
  address = "";
}
