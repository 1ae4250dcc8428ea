// The site's data cut down to a few images of each digit, for tests that need many epochs, or a
// training that never ends, rather than good networks.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

/** Of each digit. */
export const SMALL = { train: 250, test: 40 };

/** Where the site has its images. */
const FOLDER = "data";

/**
 * The site's list of images.
 * @param {string} site
 */
export function readManifest(site) {
  return JSON.parse(readFileSync(join(site, FOLDER, "manifest.json"), "utf8"));
}

/**
 * What stands in for the files of the site's data.
 * @param {string} site
 * @returns {Map<string, Buffer>}
 */
export function smallData(site) {
  const manifest = readManifest(site);
  const files = new Map();
  for (const digit of Object.values(manifest.digits)) {
    for (const part of ["train", "test"]) {
      for (const kind of ["images", "positions"]) {
        const entry = digit[part][kind];
        const path = `${FOLDER}/${entry.file}`;
        const contents = gzipSync(head(gunzipSync(readFileSync(join(site, path))), SMALL[part]), { level: 1 });
        entry.bytes = contents.length;
        entry.sha256 = createHash("sha256").update(contents).digest("hex");
        files.set(path, contents);
      }
      digit[part].count = SMALL[part];
    }
  }
  files.set(`${FOLDER}/manifest.json`, Buffer.from(JSON.stringify(manifest)));
  return files;
}

/**
 * The first items of an IDX file.
 * @param {Buffer} file
 * @param {number} count
 */
function head(file, count) {
  const sizes = Array.from({ length: file[3] }, (_, index) => file.readUInt32BE(4 + 4 * index));
  if (sizes[0] < count) throw new Error(`There are ${sizes[0]} images where ${count} are needed.`);
  const start = 4 + 4 * sizes.length;
  const bytes = sizes.slice(1).reduce((product, size) => product * size, file[2] === 0x0c ? 4 : 1);
  const cut = Buffer.from(file.subarray(0, start + count * bytes));
  cut.writeUInt32BE(count, 4);
  return cut;
}
