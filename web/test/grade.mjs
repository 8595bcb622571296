// How many years of school a text asks for, by two formulas that count words, sentences and syllables.

import { syllable } from "syllable";

/** Flesch-Kincaid and SMOG grade of a text; each line without an end counts as a sentence. */
export function gradeOf(text) {
  const sentences = text.split(/[.?!:]+(?:\s|$)|\n/).filter((sentence) => /[a-z]/i.test(sentence));
  const words = text.match(/[a-z0-9][a-z0-9’'-]*/gi) ?? [];
  const syllables = words.map((word) => Math.max(1, syllable(word)));
  const total = syllables.reduce((sum, count) => sum + count, 0);
  const long = syllables.filter((count) => count >= 3).length;
  return {
    fleschKincaid: 0.39 * (words.length / sentences.length) + 11.8 * (total / words.length) - 15.59,
    smog: 1.043 * Math.sqrt(long * (30 / sentences.length)) + 3.1291,
  };
}

/** The text of each part of a Fluent file, by its heading; what the site fills in stands there as a short word. */
export function partsOf(fluent) {
  const parts = {};
  let heading = "everywhere";
  for (const line of fluent.split("\n")) {
    if (line.startsWith("## ")) heading = line.slice(3);
    const text = /^[a-z0-9-]+ = (.*)$/.exec(line)?.[1];
    if (text !== undefined) parts[heading] = `${parts[heading] ?? ""}${text.replace(/\{ \$?[a-z_]+ \}/g, "one")}\n`;
  }
  return parts;
}
