// The page's own modules, bundled for Node just as the build bundles them for browsers.

import { build } from "esbuild";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = ["agefile", "attachment", "bucket", "bytes", "capsule", "clean", "decoys", "files", "identity", "keyring", "letter", "link", "manifest", "openfile", "padme", "prepare", "receipt", "replies", "seal", "send", "sign", "tar", "thread", "tus", "voice/lower", "voice/wav", "wordlist", "work"];

const { outputFiles } = await build({
  absWorkingDir: root,
  stdin: { contents: modules.map((name) => `export * from "./src/${name}.ts";`).join("\n"), resolveDir: root },
  tsconfig: "tsconfig.json",
  target: "es2020",
  format: "esm",
  bundle: true,
  write: false,
});

const folder = mkdtempSync(join(tmpdir(), "knothole-page-"));
const bundle = join(folder, "page.mjs");
writeFileSync(bundle, outputFiles[0].contents);

/** Everything that the modules export. */
export const page = await import(bundle).finally(() => rmSync(folder, { recursive: true }));

/** The twelve words of the site. */
export const SITE = "hamster diagram pulse ugly lobster awake cotton parent fiscal vivid swing arrow";

/** A keyring as the page sees it; each place of `recipients` is an agency, null one that is closed. */
export function keyringOf(recipients, more = {}) {
  const kinds = ["help_line", "child_welfare", "police", "prosecutor"];
  const agencies = recipients.map((recipient, number) => ({
    number,
    kind: kinds[number % kinds.length],
    status: recipient === null ? "closed" : "open",
    recipient,
  }));
  return { format: 1, version: 3, expires: "2027-01-31", site: SITE, agencies, ...more };
}

/** Answers with these words for these readers. */
export function answersOf(story, readers = [0]) {
  return { lang: "en", route: "full", readers, story };
}
