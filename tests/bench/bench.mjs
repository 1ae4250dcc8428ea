// Measures speed in headless Chromium and Firefox, and that of native Keras beside it, prints a
// table and writes JSON. Run by `cargo xtask bench`. It passes or fails on nothing: figures of one
// run compare with one another.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { BROWSERS, Browser } from "../page/harness/browsers.js";
import { Page } from "../page/harness/page.js";
import { serve } from "../page/harness/server.js";
import { pageHeap, tellMemory, wasmMemory } from "./memory.js";

const { SITE, KERAS, MNIST, JSON_FILE } = process.env;
const EPOCHS = 12;
/** Of the notebook. */
const WHOLE_RUN = 50;
/** Epochs over which the page's own main thread is watched. */
const WATCHED_EPOCHS = 10;
const SEEDS = 4;
const SEED_EPOCHS = 20;
/** What lets Firefox tell parts of a millisecond. */
const PREFERENCES = { firefox: { "privacy.reduceTimerPrecision": false } };

// Multiplications and additions that an epoch needs: forward 2 for each weight and image, backward
// as much again for the weights' gradients and for the layers' inputs but the first's; the cubic
// layer's x³ and the relus are left out. There are 13,841 images to train on.
const MATRICES = { custom: [784 * 150, 150 * 100, 2 * 100 * 50, 50 * 3], dense: [784 * 100, 100 * 50, 50 * 3] };
// Zeros count as well, which the networks here pass over: it is the work that is done, however.
const gflop = (model) => {
  const weights = MATRICES[model].reduce((sum, size) => sum + size, 0);
  return (13_841 * (6 * weights - 2 * MATRICES[model][0])) / 1e9;
};

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Runs an asynchronous function body in the page; `args` stand for its arguments. */
async function inPage(page, body, ...args) {
  const outcome = await page.driver.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
     const args = [...arguments].slice(0, -1);
     (async () => { ${body} })().then((value) => done(JSON.stringify({ value })),
       (error) => done(JSON.stringify({ error: String(error) })));`,
    ...args,
  );
  const { value, error } = JSON.parse(outcome);
  if (error) throw new Error(error);
  return value;
}

/** What one browser gives, by name. */
async function measure(name, url) {
  const browser = await Browser.start(name, PREFERENCES[name]);
  const page = new Page(browser, url);
  await page.driver.get(`${url}tests/protocol.html`);
  const speed = 'const { trainingSpeed } = await import("./bench/speed.js");';
  const peaks = [];
  const measurePeaks = async () => peaks.push(await inPage(page, `
    const { measurePeak } = await import("./bench/peak.js");
    return { simd: measurePeak(false), relaxed: measurePeak(true) };`));
  const figures = {};
  await measurePeaks();
  for (const model of ["custom", "dense"]) {
    const { epochs } = await inPage(page, `${speed} return trainingSpeed([args[0]], args[1]);`, model, EPOCHS);
    const [first, ...rest] = epochs[0];
    const seconds = median(rest.map((epoch) => epoch.seconds));
    const training = median(rest.map((epoch) => epoch.training_seconds));
    figures[`${model} alone, first epoch, s`] = first.seconds;
    figures[`${model} alone, median epoch, s`] = seconds;
    figures[`${model} alone, first epoch / median epoch`] = first.seconds / seconds;
    figures[`${model} alone, training in it, s`] = training;
    figures[`${model} alone, training, GFLOP/s`] = gflop(model) / training;
    await measurePeaks(); // again, as a machine's clock wanders
  }
  const peak = median(peaks.map(({ simd }) => simd));
  figures["peak, mul + add, GFLOP/s"] = peak;
  figures["peak, relaxed madd, GFLOP/s"] = median(peaks.map(({ relaxed }) => relaxed));
  for (const model of ["custom", "dense"]) {
    figures[`${model} alone, training, share of the peak`] = figures[`${model} alone, training, GFLOP/s`] / peak;
  }
  const both = await inPage(page, `${speed} return trainingSpeed(["custom", "dense"], args[0]);`, WHOLE_RUN);
  figures[`both at once, ${WHOLE_RUN} epochs, s`] = both.seconds;
  Object.assign(figures, await measurePage(page));
  await browser.stop();
  return figures;
}

/** The page itself: the way to the first epoch, the main thread while it trains, answers, and several seeds. */
async function measurePage(page) {
  const own = 'const { answerTimes, trainingSeconds } = await import("./tests/bench/in-page.js");';
  await page.open(`epochs=${WATCHED_EPOCHS}`);
  await page.run(() => {
    window.longTasks = [];
    const note = (list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration));
    if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
      new PerformanceObserver(note).observe({ entryTypes: ["longtask"] });
    } else {
      window.longTasks = null;
    }
  });
  await page.click("Train");
  await page.epochs(1);
  const first = await page.run(() => performance.now());
  await page.reach("finished");
  const tasks = await page.run(() => window.longTasks);
  const [{ page: program, workers }, heap] = [await wasmMemory(page), await pageHeap(page)];
  await page.open("epochs=1000");
  await page.click("Train");
  await page.epochs(1);
  const answers = await inPage(page, `${own} return answerTimes();`);
  if ((await page.state()) !== "training") throw new Error("the training was over before the answers");
  await page.open(`epochs=${SEED_EPOCHS}&runs=${SEEDS}`);
  const seeds = await inPage(page, `${own} return trainingSeconds();`);
  return {
    "answer while both train, median, ms": median(answers),
    "answer while both train, worst of 200, ms": Math.max(...answers),
    [`${SEEDS} seeds of both, ${SEED_EPOCHS} epochs, s`]: seeds,
    "navigation to first epoch of both, s": first / 1000,
    [`main-thread tasks over 50 ms in ${WATCHED_EPOCHS} epochs`]: tasks && tasks.length,
    "longest of them, ms": tasks && Math.max(0, ...tasks),
    "memory of the larger worker, MB": workers[0] / 1e6,
    "memory of all workers, MB": workers.reduce((sum, bytes) => sum + bytes, 0) / 1e6,
    "memory of the page's program, MB": program / 1e6,
    "heap of the page, MB": heap && heap / 1e6,
  };
}

/** Sizes of the networks' program. */
function sizes() {
  const assets = join(SITE, "assets");
  const wasm = readFileSync(join(assets, readdirSync(assets).find((name) => name.endsWith(".wasm"))));
  return { "wasm, kB": wasm.length / 1000, "wasm in brotli, kB": brotliCompressSync(wasm).length / 1000 };
}

/**
 * Native Keras on the same work: its figures, and what a browser's are of them.
 * @param {Record<string, Record<string, number>>} results By browser; the ratios are added.
 */
function compareWithKeras(results) {
  console.error("Training in Keras");
  const script = join(here, "notebook.py");
  const keras = JSON.parse(execFileSync(KERAS, [script, MNIST], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  const figures = {};
  for (const [model, { epochs, training }] of Object.entries(keras)) {
    figures[`${model} alone, first epoch, s`] = epochs[0];
    figures[`${model} alone, median epoch, s`] = median(epochs.slice(1));
    figures[`${model} alone, first epoch / median epoch`] = epochs[0] / median(epochs.slice(1));
    figures[`${model} alone, training in it, s`] = median(training.slice(1));
    figures[`${model} alone, training, GFLOP/s`] = gflop(model) / median(training.slice(1));
  }
  const medians = ["custom", "dense"].map((model) => figures[`${model} alone, median epoch, s`]);
  for (const browser of Object.values(results)) {
    ["custom", "dense"].forEach((model, at) => {
      browser[`${model} alone, median epoch / Keras's`] = browser[`${model} alone, median epoch, s`] / medians[at];
    });
    browser["both at once / Keras, one after the other"] =
      browser[`both at once, ${WHOLE_RUN} epochs, s`] / (WHOLE_RUN * (medians[0] + medians[1]));
  }
  results.keras = figures;
}

const here = import.meta.dirname;
const server = await serve({
  site: SITE,
  beside: { "tests/bench/": here, "tests/": join(here, "../page"), "pkg/": join(here, "../../www/pkg") },
});
tellMemory(server);
const results = {};
for (const name of BROWSERS) {
  console.error(`Measuring in ${name}`);
  results[name] = { ...(await measure(name, server.url)), ...sizes() };
}
await server.close();
if (KERAS) compareWithKeras(results);

const shown = (value) => (value === null || value === undefined ? "–" : Number(value.toPrecision(3)).toString());
const columns = Object.keys(results);
console.log(`| | ${columns.join(" | ")} |\n|---|${columns.map(() => "---|").join("")}`);
for (const key of Object.keys(results[BROWSERS[0]])) {
  console.log(`| ${key} | ${columns.map((name) => shown(results[name][key])).join(" | ")} |`);
}
if (JSON_FILE) writeFileSync(JSON_FILE, JSON.stringify(results, null, 1));
