// The networks' program: fetched and compiled once, for the page and all workers.

import programUrl from "../pkg/mnist_cubic_bg.wasm?url";
import { download } from "./download.js";
import { clause, sentenceOf } from "./sentence.js";

/** Rejects with a sentence. */
export async function compile(): Promise<WebAssembly.Module> {
  const url = new URL(programUrl, document.baseURI);
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch {
    // A host may send the wrong type, and a network may fail: fetch it with more patience.
    const bytes = await download(url, { isValid: (file) => WebAssembly.validate(file) });
    return WebAssembly.compile(bytes).catch((error: unknown) => {
      const reason = clause(sentenceOf(error));
      throw new Error(`The networks’ program cannot be run here: ${reason}.`, { cause: error });
    });
  }
}
