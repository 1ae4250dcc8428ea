// Holds ten runs of each network in WebAssembly against ten native Keras runs, and prints the
// table of docs/correctness.md. Run by `cargo xtask parity`, which builds the site that SITE names.

import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

import { distance, summary } from "./statistics.mjs";

/** Chosen beforehand. */
const SEEDS = 10;
const EPOCHS = 50;
/** How many standard errors two means may lie apart. */
const BOUND = 3.5;

const hash = `digits=0,2,5&epochs=${EPOCHS}&batch=32&lr=0.01&seed=1&runs=${SEEDS}&control=1`;
const reference = JSON.parse(
  readFileSync(new URL("../keras/reference.json", import.meta.url), "utf8"),
);

/** The runs of a model: the metrics of each epoch and the test score. */
function train(model) {
  return new Promise((resolve, reject) => {
    const runs = [];
    const worker = new Worker(new URL("model.mjs", import.meta.url), {
      workerData: { site: process.env.SITE, model, hash },
    });
    worker.on("error", reject);
    worker.on("message", (run) => {
      runs.push(run);
      console.error(`${model}: run ${runs.length} of ${SEEDS} done`);
    });
    worker.on("exit", () => resolve(runs));
  });
}

/** What is compared: a name, ours in a run, and Keras's mean and standard deviation. */
function quantities(model) {
  const keras = reference[model];
  const atEpoch = (metric, epoch) => ({
    name: `${metric}, epoch ${epoch}`,
    ours: (run) => run.epochs[epoch - 1][metric],
    keras: { mean: keras[metric].mean[epoch - 1], sd: keras[metric].sd[epoch - 1] },
  });
  const test = (metric) => ({
    name: `test ${metric}`,
    ours: (run) => run.test[metric],
    keras: { mean: keras.test[`${metric}_mean`], sd: keras.test[`${metric}_sd`] },
  });
  return [
    atEpoch("val_accuracy", 1),
    atEpoch("val_accuracy", 5),
    atEpoch("val_accuracy", 10),
    atEpoch("val_accuracy", EPOCHS),
    atEpoch("val_loss", EPOCHS),
    test("accuracy"),
    test("loss"),
  ];
}

const models = ["custom", "dense", "control"];
const results = await Promise.all(models.map(train));
const figures = ({ mean, sd }) => `${mean.toFixed(4)} ± ${sd.toFixed(4)}`;
let apart = 0;
console.log("| network | quantity | here | Keras | standard errors apart |");
console.log("|---|---|---|---|---|");
models.forEach((model, index) => {
  for (const { name, ours, keras } of quantities(model)) {
    const here = summary(results[index].map(ours));
    const errors = distance(here, keras, SEEDS);
    const row = [model, name, figures(here), figures(keras), errors.toFixed(1)];
    console.log(`| ${row.join(" | ")} |`);
    if (!(Math.abs(errors) <= BOUND)) apart += 1;
  }
});
const compared = models.length * quantities("custom").length;
console.log(`\n${compared - apart} of ${compared} within ${BOUND} standard errors.`);
process.exitCode = apart > 0 ? 1 : 0;
