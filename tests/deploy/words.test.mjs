// The words that a site starts from, and the table for lawyers: both have every text that the code asks a lawyer for.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { deployed, root } from "./tools.mjs";

const NAMES = /LegalName::(?:always|where_true)\("([a-z-]+)"/g;

test("the words to start from and the lawyers' table have each text that a lawyer signs, and nobody has signed", async () => {
  const code = await readFile(join(root, "src/crypto/keyring/review.rs"), "utf8");
  const names = [...code.matchAll(NAMES)].map(([, name]) => name);
  assert.ok(names.length > 0);
  const words = await deployed("words/en.toml");
  assert.deepEqual([...words.matchAll(/^\[legal\.([a-z-]+)\]$/gm)].map(([, name]) => name), names);
  assert.equal(words.match(/^reviewed_by = ""$/gm).length, names.length);
  assert.doesNotMatch(words, /^\[review\]/m);
  const table = (await readFile(join(root, "docs/LEGAL.md"), "utf8")).split("\n## ")[1];
  assert.deepEqual([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name), names);
});

const kebab = (name) => name.replace(/(?<=.)([A-Z])/g, "-$1").toLowerCase();

test("a command that a ceremony or the operations manual names is one that desk has", async () => {
  const parts = (await readdir(join(root, "src/desk/cli"), { recursive: true })).filter((name) => name.endsWith(".rs")).map((name) => join("cli", name));
  const texts = await Promise.all(["cli.rs", ...parts].map((name) => readFile(join(root, "src/desk", name), "utf8")));
  const cli = texts.join("");
  const verbs = new Set([...cli.matchAll(/^ {4}([A-Z][A-Za-z]+)(?: ?[({,])/gm)].map(([, name]) => kebab(name)));
  for (const file of ["CEREMONY.md", "OPERATIONS.md"]) {
    const text = await readFile(join(root, "docs", file), "utf8");
    const commands = text.split("`").filter((_, at) => at % 2 === 1);
    const named = commands.flatMap((command) => [...command.matchAll(/\bdesk\s+(?:--profile P |SITE )?(?:admin\s+|keys\s+)?([a-z-]+)\b/g)].map(([, verb]) => verb));
    assert.ok(named.length > 5, file);
    for (const verb of named) assert.ok(verbs.has(verb), `${file}: desk ${verb}`);
  }
});
