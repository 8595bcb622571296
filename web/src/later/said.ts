// What the server puts into the later script.

/** For one language. */
export interface Said {
  /** Every text of these screens by its name. */
  readonly texts: { readonly [name: string]: string };
  /** 2,048 words, parted by spaces. */
  readonly words: string;
  /** BCP 47 tag of the words. */
  readonly language: string;
  /** Days after the last visit on which a mailbox closes. */
  readonly days: number;
  /** The largest file that the site takes, in MB; left out where it takes none. */
  readonly files?: number;
}

declare const said: Said;

/** What was put in. */
export const SAID: Said = said;

/** The text of this name, with the gaps in it filled in. */
export function text(name: string, gaps: { readonly [gap: string]: string } = {}): string {
  return Object.entries(gaps).reduce((text, [gap, fill]) => text.split(`{${gap}}`).join(fill), SAID.texts[name] ?? "");
}

/** How numbers and days are written: browsers know Haitian Creole by name alone, and who reads it reads dates in French. */
export const MANNERS: readonly string[] = [document.documentElement.lang, document.documentElement.lang === "ht" ? "fr" : "en"];

/** So many bytes in MB, rounded up to a tenth, as people write it in the page's language. */
export function megabytes(bytes: number): string {
  return (Math.ceil(bytes / 1e5) / 10).toLocaleString(MANNERS, { maximumFractionDigits: 1 });
}
