// Holds package-lock.json to what may be installed: packages of the registry alone, each pinned by its hash, each under a
// licence that owes its authors a notice and nothing else, or, where it only tests us, no more than its own files. Says every breach, and fails when there is one.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const LICENCES = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"]);
/** Files that stay under their own licence: good for a tool that tests us, not for what we serve. */
const TOOL_LICENCES = new Set([...LICENCES, "BlueOak-1.0.0", "MPL-2.0"]);
/** Tools that say it in their Readme alone. */
const READ = new Map([["combine-errors@3.0.3", "MIT"]]);
/** Runs a script when it is installed, which puts its program for this machine in place. */
const INSTALLERS = new Set(["esbuild"]);

/** What is wrong with a lock, one line for each breach. */
export function breaches(lock) {
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  return packages.flatMap(([path, entry]) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    const wrong = [];
    if (!path.startsWith("node_modules/") || entry.link) wrong.push("not a package of the registry");
    if (entry.resolved !== undefined) wrong.push("names a place of its own");
    if (!entry.integrity?.startsWith("sha512-")) wrong.push("not pinned by a SHA-512");
    const licence = entry.license ?? (entry.dev === true ? READ.get(`${name}@${entry.version}`) : undefined) ?? "";
    if (!isTaken(licence, entry.dev === true ? TOOL_LICENCES : LICENCES)) wrong.push(`licence ${entry.license ?? "unknown"}`);
    if (entry.hasInstallScript && !INSTALLERS.has(name)) wrong.push("runs a script when it is installed");
    return wrong.map((what) => `${path}: ${what}`);
  });
}

/** A licence may be a choice: one that we take is enough. */
function isTaken(licence, taken) {
  return licence.replace(/^\((.*)\)$/, "$1").split(" OR ").some((choice) => taken.has(choice));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL("package-lock.json", import.meta.url), "utf8"));
  const found = breaches(lock);
  for (const breach of found) console.error(breach);
  console.log(`npm lock: ${Object.keys(lock.packages).length - 1} packages, ${found.length} breaches`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
