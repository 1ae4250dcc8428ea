// Fetches one file of the site: with progress, a check, and a few more tries when it fails.

import { clause, sentenceOf } from "./sentence.js";

/** Before each further try, in ms. */
const PAUSES = [500, 2000];
/** Timeout between two chunks, in ms. */
const STALL = 10_000;

/** What is known of a file before it comes. */
export interface Expected {
  readonly bytes?: number;
  /** In hex. */
  readonly sha256?: string;
  readonly isValid?: (bytes: Uint8Array<ArrayBuffer>) => boolean;
  /** How the browser's cache is to be asked, at first. */
  readonly cache?: RequestCache;
}

/**
 * Rejects with a sentence that names the file and what is wrong with it.
 * `onProgress` is told how many bytes are there.
 */
export async function download(
  url: URL,
  expected: Expected = {},
  onProgress: (bytes: number) => void = () => {},
): Promise<Uint8Array<ArrayBuffer>> {
  for (let attempt = 0; ; attempt++) {
    try {
      // A wrong file may be a cached one.
      const cache = attempt === 0 ? (expected.cache ?? "default") : "reload";
      const bytes = await fetchBytes(url, cache, onProgress);
      await check(bytes, expected);
      return bytes;
    } catch (error) {
      onProgress(0);
      const pause = PAUSES[attempt];
      if (pause === undefined) throw new Error(failure(url, error), { cause: error });
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function fetchBytes(url: URL, cache: RequestCache, onProgress: (bytes: number) => void) {
  const abort = new AbortController();
  let stall: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(stall);
    stall = setTimeout(() => abort.abort(new Error("nothing has come for a while")), STALL);
  };
  try {
    wait();
    const response = await fetch(url, { cache, signal: abort.signal });
    if (!response.ok) {
      throw new Error(`the server answered ${response.status} ${response.statusText}`.trim());
    }
    const chunks: Uint8Array<ArrayBuffer>[] = [];
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

async function check(bytes: Uint8Array<ArrayBuffer>, expected: Expected): Promise<void> {
  if (expected.bytes !== undefined && bytes.length !== expected.bytes) {
    throw new Error(`${bytes.length} bytes came instead of ${expected.bytes}`);
  }
  if (expected.isValid && !expected.isValid(bytes)) throw new Error("it is not what it should be");
  // Undefined in insecure contexts, despite its type; gzip's own checksum must do then.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (expected.sha256 === undefined || !subtle) return;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (hash !== expected.sha256) throw new Error("its checksum is wrong");
}

function failure(url: URL, error: unknown): string {
  const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  // A refused connection is "Failed to fetch" here and "NetworkError when …" there.
  const isAbort = error instanceof DOMException && error.name === "AbortError";
  const isNetwork = error instanceof TypeError || isAbort;
  const reason = isNetwork ? "the network did not bring it" : clause(sentenceOf(error));
  return `${name} could not be loaded: ${reason}.`;
}
