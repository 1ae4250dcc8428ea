// Both networks at once in the browsers, and in native JAX, by turns: as a machine's clock wanders, only what is measured
// within the same minutes is compared.

import { BROWSERS } from "../page/harness/browsers.js";
import { aloneFigures, AT_ONCE, median, NETWORKS, ONE_AFTER_THE_OTHER, WHOLE_RUN } from "./figures.mjs";
import { canPin, hasJax, trainInJax, trainInPinnedJax } from "./natives.mjs";
import { trainingSpeed, withPage } from "./page.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 3);
/** The arrangements of JAX that use all cores. */
const SPEEDS = { "products on all cores": [], "products on one core": ["--one-thread"] };

/**
 * @param {string} url Of the site.
 * @returns Figures of each browser, and of JAX where it is; and the seconds of each round.
 */
export async function race(url) {
  const browsers = Object.fromEntries(BROWSERS.map((name) => [name, []]));
  const jax = { pinned: [], ...Object.fromEntries(Object.keys(SPEEDS).map((speed) => [speed, []])) };
  const tell = (name, seconds) => console.error(`  ${name}: ${seconds.toFixed(2)} s`);
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const [name, seconds] of Object.entries(browsers)) {
      for (const [speed, options] of hasJax ? Object.entries(SPEEDS) : []) {
        jax[speed].push(await trainInJax(...options));
        tell(`JAX, ${speed}`, sum(jax[speed].at(-1)));
      }
      seconds.push(await withPage(name, url, timeBoth));
      tell(name, seconds.at(-1));
      if (!hasJax || !canPin) continue;
      jax.pinned.push(await trainInPinnedJax());
      tell("JAX, pinned", longest(jax.pinned.at(-1)));
    }
  }
  const figures = Object.fromEntries(Object.entries(browsers).map(([name, seconds]) => [name, { [AT_ONCE]: median(seconds) }]));
  if (hasJax) figures.jax = figuresOfJax(jax);
  const ofJax = Object.entries(jax).map(([speed, runs]) => [speed, runs.map(speed === "pinned" ? longest : sum)]);
  return { figures, rounds: { ...browsers, ...Object.fromEntries(ofJax) } };
}

async function timeBoth(page) {
  await page.driver.get(`${page.url}tests/protocol.html`);
  return (await trainingSpeed(page, NETWORKS, WHOLE_RUN)).seconds;
}

const sum = (run) => NETWORKS.reduce((all, network) => all + run[network].seconds, 0);
const longest = (run) => Math.max(...NETWORKS.map((network) => run[network].seconds));

function figuresOfJax({ pinned, ...speeds }) {
  const taken = Object.fromEntries(Object.entries(speeds).map(([speed, runs]) => [speed, median(runs.map(sum))]));
  const better = Object.keys(speeds).reduce((best, speed) => (taken[speed] < taken[best] ? speed : best));
  const of = (network, what) => speeds[better].flatMap((run) => run[network][what]);
  const figures = {};
  for (const network of NETWORKS) {
    Object.assign(figures, aloneFigures(network, of(network, "epochs"), of(network, "training")));
    figures[`${network} alone, compiling, s`] = median(of(network, "compiling"));
    figures[`${network} alone, validation accuracy at the end`] = speeds[better][0][network].metrics.val_accuracy;
  }
  if (pinned.length > 0) figures[AT_ONCE] = median(pinned.map(longest));
  figures[ONE_AFTER_THE_OTHER] = taken[better];
  for (const speed of Object.keys(speeds)) figures[`${ONE_AFTER_THE_OTHER}: ${speed}`] = taken[speed];
  return figures;
}
