// What to say of words that are no code, in the person's own language.

import type { Typed } from "../receipt.js";
import { text } from "./said.js";

/** What is wrong with it, and what may have been meant. */
export function askForWords(typed: Exclude<Typed, { is: "code" }>): string {
  if (typed.is === "count") return text("count", { count: String(typed.count) });
  if (typed.is === "mismatch") return text("mismatch");
  const { at, word, nearest } = typed;
  const wrong = text("unknown", { number: String(at), word });
  const meant = text("nearest", { words: nearest.map((near) => near.normalize("NFC")).join(", ") });
  return nearest.length === 0 ? wrong : `${wrong} ${meant}`;
}
