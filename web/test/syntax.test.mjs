// The script as it is shipped is written in the language of 2020, for phones that nobody has updated since.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "acorn";

const parses = (script) => parse(script, { ecmaVersion: 2020, sourceType: "script" });

test("neither script needs syntax that came after ES2020", () => {
  for (const name of ["knothole", "later"]) parses(readFileSync(new URL(`../dist/${name}.js`, import.meta.url), "utf8"));
});

test("syntax of the year after is told from it", () => {
  parses("const newest = a?.b ?? 1n;");
  for (const later of ["a ||= b", "class A { b = 1 }", "class A { #b }", "const n = 1_000"]) {
    assert.throws(() => parses(later), SyntaxError, later);
  }
});
