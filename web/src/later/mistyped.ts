// What to say of words that are no code, in the person's own language.

import type { Typed } from "../receipt.js";
import { text } from "./said.js";

/** A word that is longer was none, and is not shown to its end. */
const LONGEST_SHOWN = 24;

/** What is wrong with it, and what may have been meant. */
export function askForWords(typed: Exclude<Typed, { is: "code" }>): string {
  if (typed.is === "count") return text("count", { count: String(typed.count) });
  if (typed.is === "mismatch") return text("mismatch");
  const { at, word, nearest } = typed;
  const letters = [...word];
  const seen = letters.length > LONGEST_SHOWN ? `${letters.slice(0, LONGEST_SHOWN).join("")}…` : word;
  const wrong = text("unknown", { number: String(at), word: seen });
  const meant = text("nearest", { words: nearest.map((near) => near.normalize("NFC")).join(", ") });
  return nearest.length === 0 ? wrong : `${wrong} ${meant}`;
}
