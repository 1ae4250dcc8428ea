// The static host of `cargo xtask serve` and of the page's tests: `node host.mjs FOLDER PORT`.

import { readFileSync, realpathSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Among the packages of the page. @type {typeof import("sirv").default} */
const sirv = createRequire(new URL("../www/package.json", import.meta.url))("sirv");

/**
 * The headers that a host should send with every file of the site; the policy is the page's own.
 * @param {string} site
 */
export function headersOf(site) {
  const page = readFileSync(join(site, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(page)?.[1];
  if (!policy) throw new Error(`${site}/index.html has no Content-Security-Policy.`);
  return { "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer" };
}

/** What Vite names by its contents is kept for ever, all else not without asking. @param {string} path */
const cacheOf = (path) => (path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache");

/**
 * Answers requests for the files of a folder.
 * @param {string} folder
 * @param {(path: string) => Record<string, string>} headers
 */
export function host(folder, headers) {
  const files = sirv(folder, {
    dev: true, // the files may change
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders(response, path) {
      if (path.endsWith(".safetensors")) response.setHeader("Content-Type", "application/octet-stream");
      for (const [name, value] of Object.entries(headers(path))) response.setHeader(name, value);
    },
  });
  /** @type {import("node:http").RequestListener} */
  return (request, response) => {
    const refuse = (/** @type {number} */ status, /** @type {string} */ words) =>
      response.writeHead(status, { "Content-Type": "text/plain", "Cache-Control": "no-store" }).end(words);
    if (!["GET", "HEAD"].includes(request.method ?? "")) refuse(405, "Only GET and HEAD.");
    else files(request, response, () => refuse(404, "There is no such file."));
  };
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [site, port] = process.argv.slice(2);
  const headers = headersOf(site);
  const server = createServer(host(site, (path) => ({ ...headers, "Cache-Control": cacheOf(path) })));
  server.on("error", (error) => {
    console.error(`error: port ${port} cannot be used: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
}
