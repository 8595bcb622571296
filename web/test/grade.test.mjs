// The English form can be read after four years of school: every screen at grade 4 or below, SMOG 6 or below.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gradeOf, partsOf } from "./grade.mjs";

const MAX_FLESCH_KINCAID = 4;
const MAX_SMOG = 6;
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** Which part of the form each text that a lawyer signs stands in, by how its heading begins. */
const PLACES = {
  minors: "If a person under 18",
  fast: "Fast lane",
  readers: "Who may read this",
  sent: "Sent",
  scared: "I am scared",
  charges: "I am scared",
  visa: "I am scared",
  lawyer: "I am scared",
};

test("every part of the form, with what the demo's lawyers would sign in it, is short and plain", () => {
  const parts = partsOf(read("locales/en.ftl"));
  const legal = read("src/demo/words/en.toml").split("[legal]\n")[1];
  for (const [, name, text] of legal.matchAll(/^([a-z]+) = "(.*)"$/gm)) {
    const place = Object.keys(parts).find((heading) => heading.startsWith(PLACES[name]));
    parts[place] += `${text}\n`;
  }
  assert.ok(Object.keys(parts).length > 20);
  for (const [name, text] of Object.entries(parts)) {
    const { fleschKincaid, smog } = gradeOf(text);
    const said = `${name}: Flesch-Kincaid ${fleschKincaid.toFixed(2)}, SMOG ${smog.toFixed(2)}`;
    if (process.env.KNOTHOLE_GRADES) console.log(said);
    assert.ok(fleschKincaid <= MAX_FLESCH_KINCAID && smog <= MAX_SMOG, said);
  }
});

test("a text as agencies write it is told from a plain one", () => {
  const text = "Individuals reporting suspicious criminal activity are encouraged to provide comprehensive identifying information regarding perpetrators.";
  assert.ok(gradeOf(text).fleschKincaid > 12 && gradeOf(text).smog > 6);
  assert.ok(gradeOf("You can stop at any time.").fleschKincaid < 2);
});
