// Builds web/dist from web/src: the same bytes on every machine, so that anyone can check what is served.

import { readFileSync, writeFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");
const MAX_BROTLI_BYTES = 50 * 1024;

const options = {
  absWorkingDir: root,
  tsconfig: "tsconfig.json",
  target: "es2020",
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  plugins: [{ name: "unused-hybrids", setup: dropUnusedHybrids }],
};

const script = await build({ ...options, entryPoints: ["src/form.ts"], format: "iife" });
const style = await build({ ...options, entryPoints: ["src/form.css"] });

const files = {
  "knothole.js": script.outputFiles[0].text,
  "form.css": style.outputFiles[0].text.trim(),
  "form.html": readFileSync(join(root, "src/form.html"), "utf8"),
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
writeFileSync(join(dist, "LICENSES.txt"), licenses(Object.keys(script.metafile.inputs)));

const sizes = Object.entries(files).map(([name, text]) => [name, brotliCompressSync(text).length]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [name, size] of sizes) console.log(`${name}: ${size} bytes in brotli`);
console.log(`together: ${total} of ${MAX_BROTLI_BYTES}`);
if (total > MAX_BROTLI_BYTES) throw new Error("the page is too heavy for a slow line");

/** Key types that the page never uses are built when the library loads; calling them pure lets them fall away. */
function dropUnusedHybrids({ onLoad }) {
  onLoad({ filter: /post-quantum\/hybrid\.js$/ }, ({ path }) => ({
    contents: readFileSync(path, "utf8").replace(/(?<=[=,] )(?=(QSF|createKitchenSink|ecdhKem)\()/g, "/* @__PURE__ */ "),
  }));
}

/** The licence of every package whose code is in the script. */
function licenses(inputs) {
  const packages = inputs.map((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean);
  return [...new Set(packages)]
    .sort()
    .map((path) => {
      const { name, version } = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
      return `${name} ${version}\n\n${readFileSync(join(root, path, "LICENSE"), "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(72)}\n\n`);
}
