// A static host for the built site, under a base path, that misbehaves where a test asks it to.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** A site must not care where it lies. */
const BASE = "/some/base/";

/** @type {Record<string, string>} */
export const TYPES = {
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
 * until it is mended, `silent` never begins, and `cut` ends the connection half way. A function makes
 * other contents of the file's.
 * @typedef {"missing" | "truncated" | "corrupt" | "page" | "mistyped" | "slow" | "silent" | "cut"} Named
 * @typedef {Named | ((text: string) => string)} Fault
 */

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
  /** What goes on when all is mended. @type {(() => void)[]} */
  const slow = [];
  /** @type {string | null} */
  let sentPolicy = policy;
  /** Files of the site that has taken the place of the one in the folder. @type {Map<string, Buffer> | null} */
  let other = null;

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
    const replacement = instead.get(path) ?? other?.get(path);
    if (replacement) return { file, contents: replacement };
    if (other && !folder) return null;
    const isFile = await stat(file).then((found) => found.isFile(), () => false);
    return isFile ? { file, contents: null } : null;
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const path = normalize(decodeURIComponent(pathname)).slice(BASE.length) || "index.html";
    const fault = faultOf(path);
    const found = pathname.startsWith(BASE) && fault !== "missing" ? await find(path) : null;
    requests.push({ path, status: found ? 200 : 404 });
    if (fault === "silent") return;
    if (fault === "slow") await new Promise((resolve) => slow.push(() => resolve(undefined)));
    if (!found) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("There is no such file.");
      return;
    }
    response.setHeader("Content-Type", fault === "mistyped" ? "text/plain" : (TYPES[extname(path)] ?? "application/octet-stream"));
    // A test must not live on what another has fetched.
    response.setHeader("Cache-Control", "no-store");
    if (!Object.keys(beside).some((prefix) => path.startsWith(prefix)) && sentPolicy) {
      response.setHeader("Content-Security-Policy", sentPolicy);
    }
    if (!fault || fault === "slow" || fault === "mistyped") {
      if (found.contents) response.end(found.contents);
      else createReadStream(found.file).pipe(response);
      return;
    }
    spoil(response, found.contents ?? (await readFile(found.file)), fault);
  });
  const listen = (/** @type {number} */ at) =>
    new Promise((resolve) => server.listen(at, "127.0.0.1", () => resolve(undefined)));
  await listen(0);
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());

  async function stop() {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

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
    /**
     * Sends another policy with each answer, or none.
     * @param {string | null} policyInstead
     */
    govern(policyInstead) {
      sentPolicy = policyInstead;
    },
    /** Answers rightly again. */
    mend() {
      faults = [];
      sentPolicy = policy;
      for (const goOn of slow.splice(0)) goOn();
    },
    /**
     * Serves another site at the same address; what stood in for files still does.
     * @param {Map<string, Buffer>} files By their paths.
     */
    replace(files) {
      other = files;
    },
    /** Ends connections, and refuses others until `start`. */
    stop,
    start: () => listen(port),
    close: stop,
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
  if (typeof fault === "function") {
    response.end(fault(contents.toString()));
    return;
  }
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
      break;
    default:
      throw new Error(`The fault ${fault} spoils no contents.`);
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
