// Downloads a URL into a file. Node is there for npm anyway, and brings TLS and the certificates.
// An address that does not answer, or stops answering, is given up soon.

import { open } from "node:fs/promises";

const ANSWER_WITHIN = 5_000;
const SILENT_AT_MOST = 20_000;

const [url, path] = process.argv.slice(1);
const abort = new AbortController();
let timer = setTimeout(() => abort.abort(new Error("no answer")), ANSWER_WITHIN);

try {
  const response = await fetch(url, { signal: abort.signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const file = await open(path, "w");
  for await (const chunk of response.body) {
    clearTimeout(timer);
    timer = setTimeout(() => abort.abort(new Error("the answer stopped half way")), SILENT_AT_MOST);
    await file.write(chunk);
  }
  await file.close();
} catch (error) {
  console.error((error.cause ?? error).message);
  process.exitCode = 1;
} finally {
  clearTimeout(timer);
}
