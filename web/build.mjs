// Builds web/dist from web/src: the same bytes on every machine, so that anyone can check what is served.

import { readFileSync, writeFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import { SHARED } from "./shared.mjs";

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

const shared = Object.entries(SHARED).flatMap(([path, names]) => names.map((name) => ({ path, name })));

const script = await build({ ...options, stdin: { contents: firstEntry(), resolveDir: root }, format: "iife" });
const later = await build({
  ...options,
  entryPoints: ["src/later.ts"],
  format: "esm",
  plugins: [{ name: "borrowed", setup: borrow }, ...options.plugins],
});
const style = await build({ ...options, entryPoints: ["src/form.css"] });

const files = {
  "knothole.js": script.outputFiles[0].text,
  "form.css": style.outputFiles[0].text.trim(),
  "form.html": readFileSync(join(root, "src/form.html"), "utf8"),
};
// The server writes what is said in a language in the place of the last word.
const laterText = `knothole(lent=>(said=>{${later.outputFiles[0].text.trim()}})(SAID));\n`;

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const [name, text] of Object.entries(files)) writeFileSync(join(dist, name), text);
writeFileSync(join(dist, "later.js"), laterText);
writeFileSync(join(dist, "LICENSES.txt"), licenses([script, later].flatMap(({ metafile }) => Object.keys(metafile.inputs))));

const sizes = Object.entries(files).map(([name, text]) => [name, brotliCompressSync(text).length]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
for (const [name, size] of sizes) console.log(`${name}: ${size} bytes in brotli`);
console.log(`together: ${total} of ${MAX_BROTLI_BYTES}`);
console.log(`later.js: ${brotliCompressSync(laterText).length} bytes in brotli, without its words`);
if (total > MAX_BROTLI_BYTES) throw new Error("the page is too heavy for a slow line");

/** Key types that the page never uses are built when the library loads; calling them pure lets them fall away. */
function dropUnusedHybrids({ onLoad }) {
  onLoad({ filter: /post-quantum\/hybrid\.js$/ }, ({ path }) => ({
    contents: readFileSync(path, "utf8").replace(/(?<=[=,] )(?=(QSF|createKitchenSink|ecdhKem)\()/g, "/* @__PURE__ */ "),
  }));
}

/** The first script: starts the page, and lends it what the later one takes. */
function firstEntry() {
  const imports = shared.map(({ path, name }, at) => `import { ${name} as lent${at} } from "./${path}";`);
  const lent = shared.map((_, at) => `lent${at}`);
  return `${imports.join("\n")}\nimport { start } from "./src/form.ts";\nstart([${lent}]);`;
}

/** In the later script, what the first one lends takes the place of what a file would bring; the rest of the file falls away unless it is used. */
function borrow({ onResolve, onLoad }) {
  onResolve({ filter: /[?]own$/ }, ({ path }) => ({ path: path.slice(0, -"?own".length), suffix: "?own" }));
  onLoad({ filter: /[.][jt]s$/ }, ({ path, suffix }) => {
    const file = relative(root, path);
    if (suffix === "?own" || !(file in SHARED)) return undefined;
    const lines = shared.map((one, at) => (one.path === file ? `export const ${one.name} = lent[${at}];` : ""));
    const rest = file.startsWith("src/") ? "" : `export * from ${JSON.stringify(`${path}?own`)};`;
    return { contents: lines.join("") + rest, loader: "js", resolveDir: dirname(path) };
  });
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
