// Another build of the site, made from the built one: what a visitor finds after an update.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const FOLDER = /^[0-9a-f]{16}$/;

/**
 * The name of the folder that holds the build.
 * @param {string} site
 */
export function buildOf(site) {
  const name = readdirSync(site).find((entry) => FOLDER.test(entry));
  if (!name) throw new Error(`${site} holds no build.`);
  return name;
}

/**
 * The site with a build of another name, and its own title.
 * @param {string} site
 * @param {string} name 16 hexadecimal digits.
 * @param {string} title
 * @returns {Map<string, Buffer>} Its files, by their paths.
 */
export function anotherBuild(site, name, title) {
  const build = buildOf(site);
  const files = new Map();
  for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(site.length + 1).replace(build, name), readFileSync(path));
  }
  const page = files.get("index.html").toString().replaceAll(build, name).replace(/<h1>.*<\/h1>/, `<h1>${title}</h1>`);
  files.set("index.html", Buffer.from(page));
  const hash = createHash("sha256").update(page).digest("hex").slice(0, 16);
  const worker = files.get("sw.js").toString().replaceAll(build, name)
    .replace(/const VERSION = "\w+"/, `const VERSION = "${hash}"`)
    .replace(/("index.html": ?)"\w+"/, `$1"${hash}"`);
  files.set("sw.js", Buffer.from(worker));
  return files;
}
