// The numbers: as Keras gives them, and the same bits wherever and whenever they are computed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { inEachBrowser, noMnist } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */
/** @typedef {{ history: Record<string, number[]>, test: { loss: number, accuracy: number } }} Outcome */

const MODELS = ["custom", "dense"];
const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];
const golden = JSON.parse(readFileSync(new URL("../keras/fixed-start-100/golden.json", import.meta.url), "utf8"));

// MNIST's 17,302 training images of 0, 2 and 5: the last fifth validates.
const IMAGES = { accuracy: 13_841, val_accuracy: 3_461 };

/** What the first version made of its own starts: each model's metrics, epoch by epoch. @type {Record<string, Record<string, number[]>>} */
const firstVersion = {};
for (const line of readFileSync(new URL("../first-version/histories.csv", import.meta.url), "utf8").trim().split("\n").slice(1)) {
  const [model, , ...values] = line.split(",");
  firstVersion[model] ??= Object.fromEntries(METRICS.map((metric) => [metric, []]));
  METRICS.forEach((metric, index) => firstVersion[model][metric].push(Number(values[index])));
}

/**
 * Trains models, each in a worker of its own, at the same time.
 * @param {Page} page
 * @param {object} settings
 * @param {Record<string, object>} [options] For each model.
 * @param {string[]} [models]
 * @returns {Promise<Record<string, Outcome>>}
 */
async function trainAll(page, settings, options = {}, models = MODELS) {
  await page.driver.get(`${page.url}tests/protocol.html`);
  await page.until("the protocol", () => "train" in window);
  const outcomes = await page.driver.executeAsyncScript(`
    const [models, settings, options, done] = arguments;
    Promise.all(models.map((model) => train(model, settings, options[model])))
      .then((outcomes) => done(JSON.stringify(outcomes)), (error) => done(JSON.stringify({ error: String(error) })));
  `, models, settings, options);
  // As text: the drivers' own way with numbers is not exact to the last bit.
  const all = JSON.parse(outcomes);
  assert.equal(all.error, undefined);
  return Object.fromEntries(models.map((model, index) => [model, all[index]]));
}

/** What each browser made of the same seed. @type {{ name: string, outcomes: Record<string, Outcome> }[]} */
const same = [];

inEachBrowser("Numbers", (bench) => {
  test("are Keras's from the same start, in the same order", { skip: noMnist }, async () => {
    const epochs = 2;
    const options = Object.fromEntries(MODELS.map((model) => [
      model,
      { start: `keras/fixed-start-100/init-${model}.safetensors`, shuffle: false },
    ]));
    const { batch_size, learning_rate } = golden;
    const outcomes = await trainAll(bench.page, { digits: [0, 2, 5], epochs, batch_size, learning_rate }, options);
    for (const model of MODELS) {
      const { history } = outcomes[model];
      for (let epoch = 0; epoch < epochs; epoch++) {
        const where = `of the ${model} model in epoch ${epoch + 1}`;
        for (const metric of ["loss", "val_loss"]) {
          const [ours, theirs] = [history[metric][epoch], golden[model][metric][epoch]];
          assert.ok(Math.abs(ours / theirs - 1) < 1e-3, `${metric} ${where}: ${ours}, Keras ${theirs}`);
        }
        for (const metric of ["accuracy", "val_accuracy"]) {
          const [ours, theirs] = [history[metric][epoch], golden[model][metric][epoch]].map((share) => share * IMAGES[metric]);
          assert.ok(Math.abs(ours - theirs) < 2.5, `${metric} ${where}, in images: ${ours}, Keras ${theirs}`);
        }
      }
    }
  });

  test("are the first version's to the last bit, from its starts, in file order", { skip: noMnist }, async () => {
    const models = Object.keys(firstVersion);
    assert.deepEqual(models, ["custom", "dense", "control"]);
    const options = Object.fromEntries(models.map((model) => [model, { start: `first-version/${model}.safetensors`, shuffle: false }]));
    const settings = { digits: [0, 2, 5], epochs: 20, batch_size: 32, learning_rate: 0.01 };
    const outcomes = await trainAll(bench.page, settings, options, models);
    for (const model of models) assert.deepEqual(outcomes[model].history, firstVersion[model], `the ${model} model`);
  });

  test("come again with the seed", async () => {
    const settings = { digits: [0, 2, 5], epochs: 2, seed: 7 };
    const first = await trainAll(bench.page, settings);
    assert.deepEqual(await trainAll(bench.page, settings), first);
    same.push({ name: bench.browser.name, outcomes: first });
  });
});

describe("Numbers, in all browsers", () => {
  test("are the same to the last bit", (context) => {
    if (same.length < 2) return context.skip("only one browser was tested");
    const [first, ...others] = same;
    for (const { name, outcomes } of others) assert.deepEqual(outcomes, first.outcomes, `${name} and ${first.name}`);
  });
});
