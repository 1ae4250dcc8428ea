// What one browser gives by itself.

import { aloneFigures, firstFigures, median, NETWORKS, WHOLE_RUN } from "./figures.mjs";
import { memory } from "./memory.js";
import { inPage, trainingSeconds, trainingSpeed, withPage } from "./page.mjs";

const EPOCHS = 12;
/** Epochs over which the page's own main thread is watched. */
const WATCHED_EPOCHS = 10;
const SEEDS = 10;

/** @returns {Promise<Record<string, number | null>>} Figures by what they say. */
export const measure = (name, url) => withPage(name, url, async (page) => ({
  ...(await measureCore(page)),
  ...(await watchTraining(page)),
  ...(await measureAnswers(page)),
  ...(await measureSeeds(page)),
}));

/** Each network alone, and what the browser could do at most. */
async function measureCore(page) {
  await page.driver.get(`${page.url}tests/protocol.html`);
  const figures = {};
  const peaks = [await measurePeaks(page)];
  for (const network of NETWORKS) {
    const [epochs] = (await trainingSpeed(page, [network], EPOCHS)).epochs;
    const seconds = epochs.map((epoch) => epoch.seconds);
    const [, ...training] = epochs.map((epoch) => epoch.training_seconds);
    Object.assign(figures, firstFigures(network, seconds), aloneFigures(network, seconds.slice(1), training));
    peaks.push(await measurePeaks(page)); // again, as a machine's clock wanders
  }
  const peak = median(peaks.map(({ simd }) => simd));
  for (const network of NETWORKS) {
    figures[`${network} alone, training, share of the peak`] = figures[`${network} alone, training, GFLOP/s`] / peak;
  }
  const relaxed = median(peaks.map((each) => each.relaxed));
  return { "peak, mul + add, GFLOP/s": peak, "peak, relaxed madd, GFLOP/s": relaxed, ...figures };
}

const measurePeaks = (page) => inPage(page, `
  const { measurePeak } = await import("./bench/peak.js");
  return { simd: measurePeak(false), relaxed: measurePeak(true) };`);

/** The way to the first epoch, the main thread while the page trains, and its memory. */
async function watchTraining(page) {
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
  const { largest, workers, program, heap } = await memory(page);
  return {
    "navigation to first epoch of both, s": first / 1000,
    [`main-thread tasks over 50 ms in ${WATCHED_EPOCHS} epochs`]: tasks && tasks.length,
    "longest of them, ms": tasks && Math.max(0, ...tasks),
    "memory of the larger worker, MB": largest,
    "memory of all workers, MB": workers,
    "memory of the page's program, MB": program,
    "memory of the page, images among it, MB": heap,
  };
}

async function measureAnswers(page) {
  await page.open("epochs=1000");
  await page.click("Train");
  await page.epochs(1);
  const answers = await inPage(page, 'return (await import("./tests/bench/in-page.js")).answerTimes();');
  if ((await page.state()) !== "training") throw new Error("the training was over before the answers");
  return {
    "answer while both train, median, ms": median(answers),
    [`answer while both train, worst of ${answers.length}, ms`]: Math.max(...answers),
  };
}

/** Several seeds in the page's pool, between two runs of one. */
async function measureSeeds(page) {
  const seconds = (seeds) => trainingSeconds(page, `epochs=${WHOLE_RUN}&runs=${seeds}`);
  const before = await seconds(1);
  const all = await seconds(SEEDS);
  const one = (before + (await seconds(1))) / 2;
  return {
    [`one seed of both in the page, ${WHOLE_RUN} epochs, s`]: one,
    [`${SEEDS} seeds of both in the page, ${WHOLE_RUN} epochs, s`]: all,
    [`${SEEDS} seeds / ${SEEDS} times one seed`]: all / (SEEDS * one),
  };
}
