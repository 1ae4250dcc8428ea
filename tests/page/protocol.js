// Runs jobs of the compiled core without the page: what a test asks for and the page has no button for, such as given
// first weights and the images in file order. Each training has a worker of its own: protocol-worker.js.

/** The site is served around this folder. */
const SITE = new URL("../", import.meta.url);

/** The program is the site's own, as its page names it. */
const index = new DOMParser().parseFromString(await (await fetch(SITE)).text(), "text/html");
const program = index.querySelector('link[as="fetch"][type="application/wasm"]')?.getAttribute("href");
if (!program) throw new Error("The site's page does not name its program.");
const module = await WebAssembly.compileStreaming(fetch(new URL(program, SITE)));

/**
 * @typedef {object} Training
 * @property {object} [config] What `TrainJob` is, in www/pkg/mnist_cubic.d.ts.
 * @property {string} [settings] In its place, an address's, and the name of
 * @property {string} [network] one of their networks.
 * @property {string} [start] A file of first weights, by its path within the site.
 * @property {boolean} [snapshots] Whether to ask for a snapshot after every slice of work, each as short as can be.
 * @property {number} [again] The epoch after which to begin again, from the weights that it ended with.
 */

/**
 * @typedef {object} Outcome
 * @property {Record<string, number[]>} history By metric, a value an epoch.
 * @property {string} weights A hash of the last weights' bits.
 * @property {{ loss: number, accuracy: number }} test
 * @property {number} snapshots How many came, those of epochs' ends included.
 */

/**
 * @param {Training} training
 * @returns {Promise<Outcome>}
 */
function train(training) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("protocol-worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      if (data.error) reject(new Error(data.error));
      else resolve(data.outcome);
    };
    worker.onerror = (event) => reject(new Error(event.message || "the worker could not be started"));
    worker.postMessage({ site: SITE.href, module, training });
  });
}

Object.assign(window, { train });
