// A static host for the built site, under a base path, that misbehaves where a test asks it to.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** A site must not care where it lies. */
const BASE = "/some/base/";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * How an answer goes wrong: `missing` is a 404, `truncated` a shorter file, `corrupt` one with
 * wrong bytes, `page` a 200 with a page of HTML, `mistyped` the file as plain text, `slow` waits
 * before it begins, and `cut` ends the connection half way.
 * @typedef {"missing" | "truncated" | "corrupt" | "page" | "mistyped" | "slow" | "cut"} Fault
 */

/** How long `slow` waits, in ms. */
const SLOWNESS = 1500;

/**
 * @typedef {object} Options
 * @property {string} site The folder to serve.
 * @property {Map<string, Buffer>} [instead] Contents that stand in for files, by their paths.
 * @property {Record<string, string>} [beside] Other folders, by the paths under which they appear.
 */

/** @param {Options} options */
export async function serve({ site, instead = new Map(), beside = {} }) {
  const policy = policyOf(await readFile(join(site, "index.html"), "utf8"));
  /** What was asked for, in order. @type {{ path: string, status: number }[]} */
  const requests = [];
  /** @type {{ pattern: RegExp, fault: Fault, times: number }[]} */
  let faults = [];

  /** @param {string} path */
  function faultOf(path) {
    const found = faults.find(({ pattern, times }) => times > 0 && pattern.test(path));
    if (found) found.times -= 1;
    return found?.fault;
  }

  /** @param {string} path */
  async function find(path) {
    const folder = Object.keys(beside).find((prefix) => path.startsWith(prefix));
    const file = folder ? join(beside[folder], path.slice(folder.length)) : join(site, path);
    const replacement = instead.get(path);
    if (replacement) return { file, contents: replacement };
    const isFile = await stat(file).then((found) => found.isFile(), () => false);
    return isFile ? { file, contents: null } : null;
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const path = normalize(decodeURIComponent(pathname)).slice(BASE.length) || "index.html";
    const fault = faultOf(path);
    const found = pathname.startsWith(BASE) && fault !== "missing" ? await find(path) : null;
    requests.push({ path, status: found ? 200 : 404 });
    if (fault === "slow") await new Promise((resolve) => setTimeout(resolve, SLOWNESS));
    if (!found) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("There is no such file.");
      return;
    }
    response.setHeader("Content-Type", fault === "mistyped" ? "text/plain" : (TYPES[extname(path)] ?? "application/octet-stream"));
    // A test must not live on what another has fetched.
    response.setHeader("Cache-Control", "no-store");
    if (!Object.keys(beside).some((prefix) => path.startsWith(prefix))) response.setHeader("Content-Security-Policy", policy);
    if (!fault || fault === "slow" || fault === "mistyped") {
      if (found.contents) response.end(found.contents);
      else createReadStream(found.file).pipe(response);
      return;
    }
    spoil(response, found.contents ?? (await readFile(found.file)), fault);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();

  return {
    origin: `http://127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}${BASE}`,
    requests,
    /**
     * Spoils the answers to what matches, the last asked for first.
     * @param {RegExp} pattern
     * @param {Fault} fault
     * @param {number} [times]
     */
    spoil(pattern, fault, times = Infinity) {
      faults.unshift({ pattern, fault, times });
    },
    /** Answers rightly again. */
    mend() {
      faults = [];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof serve>>} Server */

/**
 * @param {import("node:http").ServerResponse} response
 * @param {Buffer} contents
 * @param {Fault} fault
 */
function spoil(response, contents, fault) {
  const half = contents.subarray(0, contents.length >> 1);
  switch (fault) {
    case "truncated":
      response.end(half);
      break;
    case "corrupt":
      response.end(Buffer.concat([half, contents.subarray(half.length).map((byte) => byte ^ 0x5a)]));
      break;
    case "page":
      response.setHeader("Content-Type", TYPES[".html"]);
      response.end("<!doctype html><title>Log in</title><p>Please log in.");
      break;
    case "cut":
      response.setHeader("Content-Length", contents.length);
      response.write(half, () => response.destroy());
  }
}

/**
 * The page's own policy as a header, which a host should send for the sake of the workers.
 * @param {string} page
 */
function policyOf(page) {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
  if (!policy) throw new Error("The site's index.html has no Content-Security-Policy.");
  return `${policy}; frame-ancestors 'none'`;
}
