// Trains for 20 runs of 50 epochs in the page, and watches its memory: the workers' must be at the
// end what it was after a tenth of the work, when each has trained a custom network, and the page's
// grow by less than 20 MB. Run by `cargo xtask soak`, which builds the site that SITE names.

import { BROWSERS, Browser } from "../page/harness/browsers.js";
import { Page } from "../page/harness/page.js";
import { serve } from "../page/harness/server.js";
import { pageHeap, tellMemory, wasmMemory } from "./memory.js";

const RUNS = 20;
const EPOCHS = 50;
const FIRST = 2;
const GROWTH = 20e6; // bytes
const LOOK_MS = 500;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const megabytes = (bytes) => (bytes === null ? "–" : (bytes / 1e6).toFixed(1));

/** Memory after each part of the work, as long as a run, by the part's number. */
async function soak(page) {
  await page.open(`epochs=${EPOCHS}&runs=${RUNS}`);
  await page.click("Train");
  const after = new Map();
  for (let part = 1; part <= RUNS; part += 1) {
    for (;;) {
      const done = await page.run(() => document.querySelector("progress").value);
      if (done * RUNS >= part) break;
      await wait(LOOK_MS);
    }
    if (part === RUNS) await page.reach("finished");
    const { page: program, workers } = await wasmMemory(page);
    const heap = await pageHeap(page);
    after.set(part, { workers, page: heap ?? program });
    const columns = [part, workers.map(megabytes).join(" + "), megabytes(program), megabytes(heap)];
    console.log(`| ${columns.join(" | ")} |`);
  }
  return after;
}

const server = await serve({ site: process.env.SITE });
tellMemory(server);
let failures = 0;
for (const name of BROWSERS) {
  const browser = await Browser.start(name);
  console.log(`\n${name}, MB after each ${RUNS}th part:\n\n| part | workers | page's program | page's heap |\n|---|---|---|---|`);
  const after = await soak(new Page(browser, server.url));
  await browser.stop();
  const [first, last] = [after.get(FIRST), after.get(RUNS)];
  if (first.workers.join() !== last.workers.join()) {
    failures += 1;
    console.log(`${name}: the workers grew from ${first.workers} to ${last.workers} bytes`);
  }
  if (last.page - first.page >= GROWTH) {
    failures += 1;
    console.log(`${name}: the page grew by ${megabytes(last.page - first.page)} MB`);
  }
}
await server.close();
process.exitCode = failures > 0 ? 1 : 0;
