// Trains for 20 runs of 50 epochs in the page, and watches its memory: each worker's must be after
// run 20 what it was after run 2, and the page's heap grow by less than 20 MB. Run by
// `cargo xtask soak`, which builds the site that SITE names.

import { BROWSERS, Browser } from "../page/harness/browsers.js";
import { Page } from "../page/harness/page.js";
import { serve } from "../page/harness/server.js";
import { pageHeap, tellMemory, workerMemory } from "./memory.js";

const RUNS = 20;
const EPOCHS = 50;
const FIRST = 2;
const HEAP_GROWTH = 20e6; // bytes
const LOOK_MS = 500;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const megabytes = (bytes) => (bytes === null ? "–" : (bytes / 1e6).toFixed(1));

/** Memory after each run, by the run's number. */
async function soak(page) {
  await page.open(`epochs=${EPOCHS}&runs=${RUNS}`);
  await page.click("Train");
  const after = new Map();
  for (let run = 1; run <= RUNS; run += 1) {
    for (;;) {
      const done = await page.run(() => document.querySelector("#progress").value);
      if (done * RUNS >= run) break;
      await wait(LOOK_MS);
    }
    const [workers, heap] = [await workerMemory(page), await pageHeap(page)];
    after.set(run, { workers, heap });
    const columns = [run, ...["custom", "dense"].map((name) => megabytes(workers[name])), megabytes(heap)];
    console.log(`| ${columns.join(" | ")} |`);
  }
  await page.reach("finished");
  return after;
}

const server = await serve({ site: process.env.SITE });
tellMemory(server);
let failures = 0;
for (const name of BROWSERS) {
  const browser = await Browser.start(name);
  console.log(`\n${name}, MB after each run:\n\n| run | custom | dense | page |\n|---|---|---|---|`);
  const after = await soak(new Page(browser, server.url));
  await browser.stop();
  const [first, last] = [after.get(FIRST), after.get(RUNS)];
  for (const worker of ["custom", "dense"]) {
    if (first.workers[worker] === last.workers[worker]) continue;
    failures += 1;
    console.log(`${name}: the ${worker} worker grew from ${first.workers[worker]} to ${last.workers[worker]} bytes`);
  }
  if (first.heap !== null && last.heap - first.heap >= HEAP_GROWTH) {
    failures += 1;
    console.log(`${name}: the page grew by ${megabytes(last.heap - first.heap)} MB`);
  }
}
await server.close();
process.exitCode = failures > 0 ? 1 : 0;
