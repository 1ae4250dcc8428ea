// Fetches one file of the site: with progress, a check, and a few more tries when it fails.

import { sentenceOf } from "./errors.js";

const PAUSES = [500, 2000]; // ms before each further try
const STALL = 10_000; // ms without a byte

/**
 * @typedef {object} Expected
 * @property {number} [bytes] The file's size.
 * @property {string} [sha256] Of the file, in hex.
 * @property {(bytes: Uint8Array<ArrayBuffer>) => boolean} [valid] Whether it is what it should be.
 */

/**
 * Rejects with a sentence that names the file and what is wrong with it.
 * @param {URL} url
 * @param {Expected} [expected]
 * @param {(bytes: number) => void} [onProgress] Told how much of the file is there.
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function download(url, expected = {}, onProgress = () => {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      // A wrong file may be a cached one.
      const bytes = await fetchBytes(url, attempt === 0 ? "default" : "reload", onProgress);
      await check(bytes, expected);
      return bytes;
    } catch (error) {
      onProgress(0);
      if (attempt === PAUSES.length)
        throw new Error(`${name(url)} could not be loaded: ${reason(error)}.`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, PAUSES[attempt]));
    }
  }
}

/**
 * @param {URL} url
 * @param {RequestCache} cache
 * @param {(bytes: number) => void} onProgress
 */
async function fetchBytes(url, cache, onProgress) {
  const abort = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let stall;
  const wait = () => {
    clearTimeout(stall);
    stall = setTimeout(() => abort.abort(new Error("nothing has come for a while")), STALL);
  };
  try {
    wait();
    const response = await fetch(url, { cache, signal: abort.signal });
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    /** @type {Uint8Array<ArrayBuffer>[]} */
    const chunks = [];
    let length = 0;
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      wait();
      chunks.push(part.value);
      length += part.value.length;
      onProgress(length);
    }
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
  } finally {
    clearTimeout(stall);
  }
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {Expected} expected
 */
async function check(bytes, { bytes: length, sha256, valid }) {
  if (length !== undefined && bytes.length !== length) {
    throw new Error(`${bytes.length} bytes came instead of ${length}`);
  }
  if (valid && !valid(bytes)) throw new Error("it is not what it should be");
  // Only there on https and localhost; elsewhere gzip's own checksum must do.
  if (sha256 === undefined || !globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hex !== sha256) throw new Error("its checksum is wrong");
}

/** @param {URL} url */
const name = (url) => url.pathname.split("/").at(-1);

/** @param {unknown} error */
function reason(error) {
  // A refused connection is "Failed to fetch" here and "NetworkError when …" there.
  if (error instanceof TypeError) return "the network did not bring it";
  return sentenceOf(error);
}
