// Writes `.br` and `.gz` beside each file of a folder that they make smaller, and prints the sizes of
// all files as JSON. Node's own compressors are fast; those that xtask could link are slow to compile.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const COMPRESSIBLE = /\.(css|html|js|json|safetensors|svg|txt|wasm|webmanifest)$/;

const folder = process.argv[1];
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const paths = entries
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

async function compress(path) {
  const contents = await readFile(path);
  const plain = contents.length;
  const file = { path: relative(folder, path).replaceAll(sep, "/"), plain, brotli: plain, gzip: plain };
  if (!COMPRESSIBLE.test(path)) return file;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain,
  };
  const brotli = await promisify(brotliCompress)(contents, { params });
  const gzipped = await promisify(gzip)(contents, { level: constants.Z_BEST_COMPRESSION });
  if (brotli.length < plain) {
    await writeFile(`${path}.br`, brotli);
    file.brotli = brotli.length;
  }
  if (gzipped.length < plain) {
    await writeFile(`${path}.gz`, gzipped);
    file.gzip = gzipped.length;
  }
  return file;
}

console.log(JSON.stringify(await Promise.all(paths.map(compress))));
