// The choice of languages. Going to another one leaves no entry in the tab's history; without this the links are plain.

import { all } from "./dom.js";

/** Filipino is Tagalog to whoever reads it. */
const SAME: { readonly [language: string]: string } = { fil: "tl" };

/** Makes every link to another language take this page's place. */
export function armLanguages(): void {
  bringForward();
  for (const link of all<HTMLAnchorElement>("a[data-lang]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.replace(link.href);
    });
  }
}

/** Of the names some find no room until the list is opened: the one that this phone is set to stands first. */
function bringForward(): void {
  const names = all(".languages bdi, .languages nav > *");
  const tags = names.map((name) => languageOf(name.lang));
  const own = (navigator.languages ?? []).map(languageOf).find((tag) => tags.includes(tag));
  for (const name of names) if (languageOf(name.lang) === own) name.parentElement?.prepend(name, " ");
}

function languageOf(tag: string): string {
  const [language = ""] = tag.toLowerCase().split("-");
  return SAME[language] ?? language;
}

/** Another language is another page, without the answers, and so is what follows a file: offered only while there are none to lose. */
export function offerLanguages(isOffered: boolean): void {
  for (const choice of all(".languages, .other")) choice.hidden = !isOffered;
}
