// Measures the speed of training from within a page, without the site's own.

import init, { Study } from "../../pkg/mnist_cubic.js";

/** The site is served around this folder. */
const SITE = new URL("../../", import.meta.url).href;

const module = await WebAssembly.compileStreaming(fetch(`${SITE}pkg/mnist_cubic_bg.wasm`));
await init({ module_or_path: module });

/**
 * Seconds of each epoch, training and validation, and of the training alone, of these networks at
 * the same time; and of all of it.
 * @param {string[]} names
 * @param {number} epochs
 */
export async function trainingSpeed(names, epochs) {
  const study = new Study();
  const hash = `epochs=${epochs}`;
  const { networks } = study.read_hash(hash);
  const { jobs } = study.plan(hash);
  const prepared = await Promise.all(names.map(async (name) => {
    const { train } = jobs.find(({ network }) => networks[network].name === name);
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    await ask(worker, { open: { module, site: SITE, digits: train.digits } });
    // Without snapshots within an epoch.
    return { worker, config: { ...train, detail: "epochs" } };
  }));
  const start = performance.now();
  const finished = await Promise.all(prepared.map(({ worker, config }) => ask(worker, { config })));
  const seconds = (performance.now() - start) / 1000;
  for (const { worker } of prepared) worker.terminate();
  return { epochs: finished, seconds };
}

/**
 * @param {Worker} worker
 * @param {object} message
 * @returns {Promise<any>}
 */
function ask(worker, message) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message: reason }) => reject(new Error(reason));
    worker.postMessage(message);
  });
}
