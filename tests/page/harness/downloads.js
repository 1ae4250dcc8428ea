// What the page hands over as a file.

import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { LONG } from "./timeouts.js";

/**
 * Does what makes the page hand over a file, and reads it.
 * @param {import("./browsers.js").Browser} browser
 * @param {string} name
 * @param {() => Promise<void>} act
 * @returns {Promise<Buffer>}
 */
export async function download(browser, name, act) {
  await mkdir(browser.downloads, { recursive: true });
  const path = join(browser.downloads, name);
  await rm(path, { force: true });
  await act();
  for (const end = Date.now() + LONG; Date.now() < end; ) {
    const names = await readdir(browser.downloads);
    // Browsers write under another name first; Firefox keeps the place with an empty file.
    const unfinished = names.some((other) => /\.(part|crdownload|wkdownload)$/.test(other));
    const contents = names.includes(name) && !unfinished ? await readFile(path) : null;
    if (contents?.length) return contents;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name} was not handed over; there is: ${await readdir(browser.downloads)}`);
}
