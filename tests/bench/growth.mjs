// What more digits, networks and seeds cost in Chromium: measured; and what more cores would give: computed.

import { NETWORKS, WHOLE_RUN } from "./figures.mjs";
import { memory } from "./memory.js";
import { trainingSeconds, withPage } from "./page.mjs";
import { inOrder, makespan } from "./schedule.mjs";

const EPOCHS = 10;
const DIGITS = { 3: "0,2,5", 5: "0,1,2,3,5", 10: "0,1,2,3,4,5,6,7,8,9" };
/** The notebook's first. */
const TEXTS = ["custom:relu150,relu100,cubic50", "dense:relu100,relu50", "control:relu150,relu100,relu50", "square:relu150,relu100,square50"];
const USUAL = { digits: 3, networks: 2, seeds: 1 };
const CASES = [
  USUAL,
  ...[5, 10].map((digits) => ({ ...USUAL, digits })),
  ...[1, 3, 4].map((networks) => ({ ...USUAL, networks })),
  ...[2, 4, 10, 20].map((seeds) => ({ ...USUAL, seeds })),
];

/** A row for each case: how many of what, and figures. */
export const measureGrowth = (url) => withPage("chromium", url, async (page) => {
  const rows = [];
  for (const { digits, networks, seeds } of CASES) {
    const hash = `digits=${DIGITS[digits]}&networks=${TEXTS.slice(0, networks).join(";")}&epochs=${EPOCHS}&runs=${seeds}`;
    const seconds = await trainingSeconds(page, hash, digits);
    const { count, workers, heap } = await memory(page);
    rows.push({
      ...{ digits, networks, seeds, [`${EPOCHS} epochs, s`]: seconds },
      ...{ workers: count, "their memory, MB": workers, "the page's, MB": heap },
    });
  }
  return rows;
});

const SEEDS = [1, 10, 20];
const WORKERS = [2, 4, 8, 16];

/**
 * A row for each number of seeds: computed seconds by workers, from those that an epoch of each network takes alone.
 * Nothing else is counted: no start, no core or memory that is shared. The page takes eight workers at most.
 * @param {Record<string, number | null>} figures Chromium's.
 */
export function computeSchedules(figures) {
  const networks = NETWORKS.map((network) => WHOLE_RUN * figures[`${network} alone, median epoch, s`]);
  const seconds = (seeds) => WORKERS.map((workers) => [`${workers} workers`, makespan(inOrder(networks, seeds, workers), workers)]);
  return SEEDS.map((seeds) => ({ [`computed: seeds of both, ${WHOLE_RUN} epochs, s`]: seeds, ...Object.fromEntries(seconds(seeds)) }));
}
