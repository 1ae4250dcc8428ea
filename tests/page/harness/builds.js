// Another build of the site, made from the built one: what a visitor finds after an update.

import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, parse, relative, sep } from "node:path";

/** In index.html, and in the program, which puts a layer's word into it. */
const TITLE = /Does a (cubic|\$\{[^}]*\}) layer help\?/g;
const TEXT = /\.(html|js|css|svg|webmanifest)$/;
/** An entry of the service worker's precache manifest, as bundled. */
const ENTRY = /\{[^{}]*?"?url"?:\s?"([^"]+)"[^{}]*\}/g;

/**
 * The files of a site that are named by their contents.
 * @param {string} site
 */
export const assetsOf = (site) => readdirSync(join(site, "assets")).map((name) => `assets/${name}`);

/**
 * The site with another title, its files under other names, and one file more.
 * @param {string} site
 * @param {string} name Of letters; it becomes a part of the files' names, and `extra-NAME.txt` is the new file.
 * @param {string} title
 * @returns {string} Its folder, which is removed when the tests end. It has no images.
 */
export function anotherBuild(site, name, title) {
  /** @type {Map<string, Buffer>} */
  const files = new Map();
  const bases = assetsOf(site).map((path) => parse(path).name);
  const rename = (/** @type {string} */ text) => bases.reduce((all, base) => all.replaceAll(base, `${base}-${name}`), text);
  for (const entry of readdirSync(site, { recursive: true, withFileTypes: true })) {
    const path = relative(site, join(entry.parentPath, entry.name)).replaceAll(sep, "/");
    if (!entry.isFile() || path.startsWith("data/")) continue;
    const contents = readFileSync(join(site, path));
    const text = () => Buffer.from(rename(contents.toString().replaceAll(TITLE, title)));
    files.set(rename(path), TEXT.test(path) ? text() : contents);
  }
  files.set(`extra-${name}.txt`, Buffer.from(name));

  const digest = (/** @type {string} */ path, /** @type {"md5" | "sha256"} */ kind, /** @type {"hex" | "base64"} */ form) => {
    const contents = files.get(path);
    if (!contents) throw new Error(`The offline worker keeps ${path}, which is not there.`);
    return createHash(kind).update(contents).digest(form);
  };
  const entryOf = (/** @type {string} */ path) => JSON.stringify({
    url: path,
    revision: path.startsWith("assets/") ? null : digest(path, "md5", "hex"),
    integrity: `sha256-${digest(path, "sha256", "base64")}`,
  });
  const worker = String(files.get("sw.js"));
  let count = 0;
  const changed = worker.replace(ENTRY, (_, path) => {
    count += 1;
    return (count === 1 ? `${entryOf(`extra-${name}.txt`)},` : "") + entryOf(path);
  });
  if (count < 5) throw new Error("The offline worker's list of files was not found.");
  files.set("sw.js", Buffer.from(changed));
  return written(files);
}

/** @param {Map<string, Buffer>} files By their paths. */
function written(files) {
  const folder = mkdtempSync(join(tmpdir(), "page-test-build-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const [path, contents] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  return folder;
}
