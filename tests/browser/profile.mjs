// What a browser keeps: in what a page can ask it for, and in the files of its profile.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { spellings } from "./person.mjs";

/** Runs in a page: the name of everything that its site has stored in the browser. */
export async function keepsOf() {
  const databases = (await indexedDB.databases?.().catch(() => [])) ?? [];
  const workers = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  const caches_ = (await globalThis.caches?.keys().catch(() => [])) ?? [];
  return [
    ...(document.cookie === "" ? [] : [`cookie ${document.cookie}`]),
    ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
    ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
    ...databases.map(({ name }) => `IndexedDB ${name}`),
    ...caches_.map((name) => `Cache ${name}`),
    ...workers.map(({ scope }) => `service worker ${scope}`),
    ...(history.state === null ? [] : ["history.state"]),
    ...(window.name === "" ? [] : ["window.name"]),
  ];
}

/** Files below `dir` that hold these words in any spelling, or these bytes. */
export async function searchProfile(dir, words) {
  const wanted = Buffer.isBuffer(words) ? [words] : spellings(words);
  const found = [];
  for (const entry of await readdir(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = await readFile(path).catch(() => Buffer.alloc(0)); // may have gone meanwhile
    const all = Buffer.concat([bytes, unpacked(bytes)]);
    if (wanted.some((spelling) => all.includes(spelling))) found.push(path.slice(dir.length + 1));
  }
  return found;
}

const MOZ_LZ4 = Buffer.from("mozLz40\0");

/** The content of a file that Firefox packed; of any other, nothing. */
function unpacked(bytes) {
  if (!bytes.subarray(0, 8).equals(MOZ_LZ4)) return Buffer.alloc(0);
  const out = Buffer.alloc(bytes.readUInt32LE(8));
  let from = 12;
  let to = 0;
  const length = (nibble) => {
    let total = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; total += more) more = bytes[from++];
    return total;
  };
  while (from < bytes.length) {
    const token = bytes[from++];
    const literals = length(token >> 4);
    bytes.copy(out, to, from, from + literals);
    from += literals;
    to += literals;
    if (from >= bytes.length) break;
    const back = bytes.readUInt16LE(from);
    from += 2;
    for (let left = length(token & 15) + 4; left > 0; left--, to++) out[to] = out[to - back];
  }
  return out.subarray(0, to);
}
