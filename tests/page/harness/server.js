// The static host of `cargo xtask serve` under a base path, which misbehaves where a test asks it to.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { join, posix } from "node:path";

import { headersOf, host } from "../../../xtask/host.mjs";

/** A site must not care where it lies. */
const BASE = "/some/base/";

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
 * @property {number} [maxAge] Seconds for which browsers may keep every file without asking, as some hosts say of all
 * that they serve; else nothing is kept, so that no test lives on what another has fetched.
 * @property {string} [address] Of this machine; the default is a secure context.
 */

/** @param {Options} options */
export async function serve({ site, instead = new Map(), beside = {}, maxAge, address = "127.0.0.1" }) {
  const headers = headersOf(site);
  const caching = maxAge === undefined ? "no-store" : `max-age=${maxAge}`;
  /** What was asked for, in order: paths below the base, or whole ones outside of it. @type {{ path: string, status: number }[]} */
  const requests = [];
  /** @type {{ pattern: RegExp, fault: Fault, times: number }[]} */
  let faults = [];
  /** Answers held until `mend`. @type {(() => void)[]} */
  const slow = [];
  /** @type {string | null} */
  let policy = headers["Content-Security-Policy"];

  const governed = () => ({ ...(policy ? { ...headers, "Content-Security-Policy": policy } : {}), "Cache-Control": caching });
  /** @param {string} folder */
  const open = (folder) => ({ folder, files: host(folder, governed) });
  let deployed = open(site);
  const others = Object.entries(beside).map(([prefix, folder]) => ({
    prefix,
    folder,
    files: host(folder, () => ({ "Cache-Control": caching })),
  }));

  /** @param {string} path */
  function faultOf(path) {
    const found = faults.find(({ pattern, times }) => times > 0 && pattern.test(path));
    if (found) found.times -= 1;
    return found?.fault;
  }

  /** Where the answer to a path comes from. @param {string} path */
  async function find(path) {
    const { prefix = "", folder, files } = others.find((other) => path.startsWith(other.prefix)) ?? { ...deployed };
    const file = join(folder, path.slice(prefix.length));
    const contents = instead.get(path);
    const isFile = contents !== undefined || (await stat(file).then((it) => it.isFile(), () => false));
    return isFile ? { url: `/${path.slice(prefix.length)}`, files, file, contents } : null;
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://host");
    const isInside = pathname.startsWith(BASE);
    const path = isInside ? posix.normalize(decodeURIComponent(pathname)).slice(BASE.length) || "index.html" : pathname;
    const fault = faultOf(path);
    const found = isInside && fault !== "missing" ? await find(path) : null;
    requests.push({ path, status: found ? 200 : 404 });
    if (fault === "silent") return;
    if (fault === "slow") await new Promise((resolve) => slow.push(() => resolve(undefined)));
    if (!found) {
      response.writeHead(404, { "Content-Type": "text/plain", "Cache-Control": caching }).end("There is no such file.");
      return;
    }
    const right = !fault || fault === "slow";
    if (right && found.contents === undefined) {
      request.url = encodeURI(found.url);
      found.files(request, response);
      return;
    }
    for (const [name, value] of Object.entries(governed())) response.setHeader(name, value);
    const contents = found.contents ?? (await readFile(found.file));
    if (right) response.end(contents);
    else spoil(response, contents, fault);
  });
  const listen = (/** @type {number} */ at) =>
    new Promise((resolve) => server.listen(at, address, () => resolve(undefined)));
  await listen(0);
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const origin = `http://${address}:${port}`;

  async function stop() {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  return {
    origin,
    url: origin + BASE,
    requests,
    /**
     * Spoils the answers to matching paths; the latest call wins.
     * @param {RegExp} pattern
     * @param {Fault} fault
     * @param {number} [times]
     */
    spoil(pattern, fault, times = Infinity) {
      faults.unshift({ pattern, fault, times });
    },
    /**
     * Sends another policy with each answer, or none of the headers.
     * @param {string | null} policyInstead
     */
    govern(policyInstead) {
      policy = policyInstead;
    },
    /** Answers rightly again. */
    mend() {
      faults = [];
      policy = headers["Content-Security-Policy"];
      for (const goOn of slow.splice(0)) goOn();
    },
    /**
     * Serves another build at the same address, from now on, or the site again; files of the one before are gone.
     * @param {string} [folder]
     */
    deploy(folder = site) {
      deployed = open(folder);
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
    response.setHeader("Content-Type", "text/javascript"); // all that is changed so are scripts
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
    case "mistyped":
      response.setHeader("Content-Type", "text/plain");
      response.end(contents);
      break;
    case "page":
      response.setHeader("Content-Type", "text/html; charset=utf-8");
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
