// Native JAX and Keras, which train the notebook's networks in Pythons that have them.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { aloneFigures, firstFigures, median, NETWORKS, ONE_AFTER_THE_OTHER, WHOLE_RUN } from "./figures.mjs";

const { KERAS, JAX, MNIST } = process.env;

export const hasKeras = Boolean(KERAS);
export const hasJax = Boolean(JAX);
/** Whether a program can be kept to one core: Python does that on Linux alone. */
export const canPin = process.platform === "linux";

/** What a Python program of this folder prints, as JSON. */
async function run(python, program, ...args) {
  const { stdout } = await promisify(execFile)(python, [join(import.meta.dirname, program), MNIST, ...args]);
  return JSON.parse(stdout);
}

export async function figuresOfKeras() {
  /** @type {Record<string, { epochs: number[], training: number[] }>} By network; seconds. */
  const times = await run(KERAS, "keras_notebook.py");
  const figures = { [ONE_AFTER_THE_OTHER]: 0 };
  for (const network of NETWORKS) {
    const [epochs, training] = [times[network].epochs, times[network].training.slice(1)];
    Object.assign(figures, firstFigures(network, epochs), aloneFigures(network, epochs.slice(1), training));
    figures[ONE_AFTER_THE_OTHER] += WHOLE_RUN * median(epochs.slice(1));
  }
  return figures;
}

/** One network after the other on all cores, which XLA uses as it likes, or for one product only one of them. */
export const trainInJax = (...options) => run(JAX, "jax_notebook.py", ...NETWORKS, ...options);

/** Both networks at once, each in a program that is kept to a core of its own. */
export async function trainInPinnedJax() {
  const parts = NETWORKS.map((network, core) => run(JAX, "jax_notebook.py", network, "--core", String(core)));
  return Object.assign({}, ...(await Promise.all(parts)));
}
