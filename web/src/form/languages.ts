// The choice of languages. Going to another one leaves no entry in the tab's history; without this the links are plain.

import { all } from "./dom.js";

/** Makes every link to another language take this page's place. */
export function armLanguages(): void {
  for (const link of all<HTMLAnchorElement>("a[data-lang]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.href);
    });
  }
}

/** Another language is another page, without the answers, and so is what follows a file: offered only while there are none to lose. */
export function offerLanguages(isOffered: boolean): void {
  for (const choice of all(".languages, .other")) choice.hidden = !isOffered;
}
