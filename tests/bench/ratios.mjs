// What browsers take, as a part of what native programs take.

import { AT_ONCE, NETWORKS, ONE_AFTER_THE_OTHER } from "./figures.mjs";

const epoch = (network) => `${network} alone, median epoch, s`;

/** What each is called, which figure of a browser it is, and of which figure of what program. */
const RATIOS = [
  ["both at once / JAX, one after the other", AT_ONCE, "jax", ONE_AFTER_THE_OTHER],
  ["both at once / JAX, each on a core of its own", AT_ONCE, "jax", AT_ONCE],
  ...NETWORKS.map((network) => [`${network} alone, median epoch / JAX's`, epoch(network), "jax", epoch(network)]),
  ["both at once / Keras, one after the other", AT_ONCE, "keras", ONE_AFTER_THE_OTHER],
  ...NETWORKS.map((network) => [`${network} alone, median epoch / Keras's`, epoch(network), "keras", epoch(network)]),
];

/** @param {Record<string, Record<string, number | null>>} results By browser and program; browsers get their ratios. */
export function addRatios({ jax = {}, keras = {}, ...browsers }) {
  for (const figures of Object.values(browsers)) {
    for (const [ratio, figure, program, of] of RATIOS) {
      const whole = { jax, keras }[program][of];
      if (figures[figure] && whole) figures[ratio] = figures[figure] / whole;
    }
  }
}
