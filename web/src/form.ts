// The page: whether a message can be taken at all, and what the form is made of.
// With `form/*` the only code that touches the document. Keeps nothing outside it but what `Draft` names.

import { Draft } from "./draft.js";
import { emptyCheck } from "./form/check.js";
import { all, byId } from "./form/dom.js";
import { emptyFields } from "./form/fields.js";
import { armLanguages, offerLanguages } from "./form/languages.js";
import { armLeaving } from "./form/leave.js";
import { expectLater, later } from "./form/later.js";
import { armReaders, limitReaders } from "./form/readers.js";
import { forgetTip } from "./form/saving.js";
import { show } from "./form/screens.js";
import { atRest, send, setSending } from "./form/sending.js";
import { armUpload, emptyUpload } from "./form/upload.js";
import { Way } from "./form/way.js";
import { isExpired, parseKeyring, type Keyring } from "./keyring.js";

/** Starts the page; `lent` is what the later script is given of this one. */
export function start(lent: readonly unknown[]): void {
  armLanguages();
  armUpload();
  byId("waiting").hidden = true;
  if (typeof crypto !== "object" || typeof crypto.getRandomValues !== "function" || typeof TransformStream !== "function") {
    return close("old-browser");
  }
  let keyring: Keyring;
  try {
    keyring = parseKeyring(byId("keyring").textContent ?? "");
  } catch {
    return close("old-page");
  }
  if (isExpired(keyring, new Date())) return close("old-page");
  try {
    open(keyring, lent);
  } catch {
    document.getElementById("form")?.remove();
    close("old-browser");
  }
}

/** There is no box in the page, and none is ever put there. */
function close(why: "old-browser" | "old-page"): void {
  for (const line of all("[data-closed]")) line.hidden = line.dataset["closed"] !== why;
  byId("closed").hidden = false;
  armLeaving({ wipe: emptyUpload, restart: () => undefined });
}

function open(keyring: Keyring, lent: readonly unknown[]): void {
  byId("main").append(byId<HTMLTemplateElement>("form-template").content.cloneNode(true));
  limitReaders(keyring);
  armReaders(keyring);
  const draft = new Draft(keyring.agencies.length);
  const way = new Way(keyring, draft);
  const wipe = () => {
    draft.wipe();
    emptyFields();
    emptyCheck();
    emptyUpload();
    forgetTip();
    later()?.wipe();
    way.reflect();
    atRest(draft);
    offerLanguages(true);
  };
  expectLater(lent, { keyring, draft, way });
  armLeaving({ wipe, restart: () => show("start") });
  const form = byId<HTMLFormElement>("form");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    draft.change();
    setSending(null);
    offerLanguages(false);
  });
  form.addEventListener("change", () => way.reflect());
  for (const button of all<HTMLButtonElement>("[data-to]")) {
    button.addEventListener("click", () => way.follow(button.dataset["to"] ?? ""));
  }
  for (const button of all<HTMLButtonElement>("[data-send]")) {
    button.addEventListener("click", () => void send(button, { keyring, draft, way, wipe }));
  }
  way.reflect();
  byId("start-actions").hidden = false;
}
