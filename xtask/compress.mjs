// `node compress.mjs FOLDER`: writes `.br` and `.gz` beside each file of the site that they make smaller, prints what a
// first visit costs, and fails where that is more than it may be.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import zlib from "node:zlib";

const COMPRESSIBLE = /\.(css|html|js|json|safetensors|svg|txt|wasm|webmanifest)$/;
/** The digits that the page begins with. */
const DIGITS = /^data\/(train|test)-[025]-/;

const folder = process.argv[2];
/** What index.html has the browser fetch at once: all that the first answer needs but for the weights. */
const FIRST = new Set([
  "index.html",
  ...readFileSync(join(folder, "index.html"), "utf8").match(/assets\/[^"]+\.(js|css|wasm)(?=")/g),
]);

/** What is summed up, which size counts, and how many bytes it may have. */
const BUDGET = [
  ["WebAssembly", (path) => /\.wasm$/.test(path), "brotli", 290_000],
  ["all for the first answer", (path) => FIRST.has(path), "brotli", 360_000],
  ["all code", (path) => /\.(html|css|js|wasm)$/.test(path), "brotli", 420_000],
  ["ready-made weights", (path) => /\.safetensors$/.test(path), "brotli", 220_000],
  ["images of digits 0, 2 and 5", (path) => DIGITS.test(path), "plain", 3_800_000],
  ["images of all digits", (path) => /^data\//.test(path), "plain", 12_000_000],
];

const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const files = await Promise.all(entries.map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))));

async function compress(file) {
  const contents = readFileSync(file);
  const plain = contents.length;
  const sizes = { path: relative(folder, file).replaceAll(sep, "/"), plain, brotli: plain, gzip: plain };
  if (!COMPRESSIBLE.test(file)) return sizes;
  const { BROTLI_PARAM_LGWIN, BROTLI_MAX_WINDOW_BITS, Z_BEST_COMPRESSION } = zlib.constants;
  const params = { [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS }; // the best quality is Node's default
  const brotli = await promisify(zlib.brotliCompress)(contents, { params });
  const gzip = await promisify(zlib.gzip)(contents, { level: Z_BEST_COMPRESSION });
  for (const [name, ending, packed] of [["brotli", "br", brotli], ["gzip", "gz", gzip]]) {
    if (packed.length >= plain) continue;
    writeFileSync(`${file}.${ending}`, packed);
    sizes[name] = packed.length;
  }
  return sizes;
}

const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(10);
console.log(`${"kB".padEnd(30)}     plain    brotli      gzip    budget`);
for (const [name, isCounted, counted, budget] of BUDGET) {
  const sum = (kind) => files.filter(({ path }) => isCounted(path)).reduce((all, file) => all + file[kind], 0);
  const over = sum(counted) > budget;
  const sizes = ["plain", "brotli", "gzip"].map((kind) => kilobytes(sum(kind))).join("");
  console.log(`${name.padEnd(30)}${sizes}${kilobytes(budget)} (${counted})${over ? " OVER" : ""}`);
  if (over) process.exitCode = 1;
}
