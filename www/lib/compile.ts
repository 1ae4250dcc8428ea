// The networks' program: fetched and compiled once, for the page and all workers.

import programUrl from "../pkg/mnist_cubic_bg.wasm?url";
import { download } from "./download.js";
import { clause, sentenceOf } from "./sentence.js";

/** An empty module. */
const NOTHING = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** Rejects with a sentence. */
export async function compile(): Promise<WebAssembly.Module> {
  // Where a CSP forbids WebAssembly, WebKit still compiles it, but refuses to instantiate it.
  await orSaySo(() => WebAssembly.instantiate(NOTHING));
  const url = new URL(programUrl, document.baseURI);
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A host may send the wrong type, and a network may fail: fetch it with more patience.
    const bytes = await download(url, { isValid: (file) => WebAssembly.validate(file) });
    return orSaySo(() => WebAssembly.compile(bytes));
  }
}

async function orSaySo<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    const reason = clause(sentenceOf(error));
    throw new Error(`The networks’ program cannot be run here: ${reason}.`, { cause: error });
  }
}
