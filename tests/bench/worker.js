// Trains one network and times its epochs: see speed.js.

import init, { Job } from "../../pkg/mnist_cubic.js";
import { imagesOf } from "../images.js";

/** Of the digits 0, 2 and 5; the others validate. */
const TRAINING_IMAGES = 13_841;

/** @type {import("../../www/pkg/mnist_cubic.js").Images} */
let images;

addEventListener("message", async ({ data: { open, config } }) => {
  if (open) {
    await init({ module_or_path: open.module });
    images = await imagesOf(open.digits, open.site);
  }
  postMessage(open ? null : timesOfEpochs(config));
});

/** @param {import("../../www/pkg/mnist_cubic.js").TrainJob} config */
function timesOfEpochs(config) {
  const job = Job.train(images, config, 0);
  const times = [];
  while (!job.finished) {
    const start = performance.now();
    // In no time at all a job takes a single step: a batch, or some validation images.
    for (let seen = 0; seen < TRAINING_IMAGES; seen += config.batch_size) job.step(0);
    const trained = performance.now();
    while (!job.step(0).some((output) => output.type === "snapshot"));
    times.push({ seconds: (performance.now() - start) / 1000, training_seconds: (trained - start) / 1000 });
  }
  job.free();
  return times;
}
