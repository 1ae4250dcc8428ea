// One training of the compiled core, from the first image to the test: see protocol.js.

import init, { Job, Study } from "../pkg/mnist_cubic.js";
import { imagesOf } from "./images.js";

/** @import { Outcome, Training } from "./protocol.js" */

const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];

addEventListener("message", async ({ data: { site, module, training } }) => {
  try {
    await init({ module_or_path: module });
    postMessage({ outcome: await outcomeOf(training, site) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
});

/**
 * @param {Training} training
 * @param {string} site
 * @returns {Promise<Outcome>}
 */
async function outcomeOf({ settings, network, config = planned(settings, network), start, snapshots = false, again = 0 }, site) {
  const { digits, layers } = config;
  const images = await imagesOf(digits, site);
  const first = start && new Study().read_weights(layers, await bytes(new URL(start, site))).weights;
  /** @type {Outcome["history"]} */
  const history = Object.fromEntries(METRICS.map((metric) => [metric, []]));
  let count = 0;
  let weights = null;

  /** Runs a job to its end, or to the end of an epoch. */
  const run = (job, last) => {
    while (!job.finished && history.loss.length < last) {
      // Rests after every batch, where all snapshots are wanted.
      if (snapshots) job.rest_at(count * config.batch_size);
      for (const output of job.step(50)) {
        if (output.type !== "snapshot" || history.loss.length >= last) continue;
        count += 1;
        if (!output.epoch) continue;
        for (const metric of METRICS) history[metric].push(output.epoch[metric]);
        weights = output.weights;
      }
    }
    job.free();
  };
  run(Job.train(images, config, 0, first || undefined), again || config.epochs);
  if (again) run(Job.train(images, config, again, weights), config.epochs);

  const job = Job.evaluate(images, { digits, layers }, weights);
  let test;
  while (!job.finished) {
    for (const output of job.step(50)) if (output.type === "evaluated") ({ test } = output);
  }
  job.free();
  const hash = await crypto.subtle.digest("SHA-256", weights);
  return { history, weights: new Uint8Array(hash).toString(), test, snapshots: count };
}

/**
 * How the page would train a network of these settings in its first run, without telling all of it.
 * @param {string} settings
 * @param {string} network
 */
function planned(settings, network) {
  const study = new Study();
  const place = study.read_hash(settings).networks.findIndex(({ name }) => name === network);
  const job = study.plan(settings).jobs.find((job) => job.network === place);
  return { ...job.train, detail: "epochs" };
}

/** @param {URL} url */
const bytes = async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer());
