// The page's state: settings, models, runs, and what the visitor does with them.

/** @import { App } from "./types.d.ts" */

/** @returns {App} */
export function createApp() {
  const app = {
    state: "loading",
    settings: { digits: [0, 2, 5], epochs: 50, batch_size: 32, learning_rate: 0.01, seed: 1, runs: 1, control: false },
    runSettings: null,
    runs: [],
    comparison: null,
    models: { custom: null, dense: null, control: null },
    predict: async () => ({ custom: null, dense: null, control: null }),
    explain: async () => null,
    inspect: async () => ({ custom: null, dense: null, control: null }),
    showCubic: async () => null,
    testImage: () => null,
    testPositions: () => [],
  };
  return Object.assign(new EventTarget(), /** @type {Omit<App, keyof EventTarget>} */ (app));
}
