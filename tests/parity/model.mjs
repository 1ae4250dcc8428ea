// Trains one model over all runs, as the page's workers do, and tells what each run gives.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";

import init, { Images, Job, Study } from "../../www/pkg/mnist_cubic.js";

const { site, model, hash } = workerData;

await init({ module_or_path: readFileSync(new URL("../../www/pkg/mnist_cubic_bg.wasm", import.meta.url)) });
const study = new Study();
const network = study.read_hash(hash).networks.findIndex(({ name }) => name === model);
const jobs = study.plan(hash).jobs.filter((job) => job.network === network);
const { digits, layers } = jobs[0].train;

const data = join(site, "data");
const manifest = JSON.parse(readFileSync(join(data, "manifest.json"), "utf8"));
if (manifest.source !== "mnist") throw new Error("the site's digits are synthetic, not MNIST");
const images = new Images();
for (const digit of digits) {
  for (const part of ["train", "test"]) {
    const entry = manifest.digits[digit][part];
    const read = ({ file }) => new Uint8Array(gunzipSync(readFileSync(join(data, file))));
    images.add(part, digit, read(entry.images), read(entry.positions));
  }
}

/** All that a job tells. */
function outputsOf(job) {
  const outputs = [];
  while (!job.finished) outputs.push(...job.step(1000));
  job.free();
  return outputs;
}

for (const { train } of jobs.sort((a, b) => a.run - b.run)) {
  const ends = outputsOf(Job.train(images, train, 0)).filter(({ epoch }) => epoch);
  const [{ test }] = outputsOf(Job.evaluate(images, { digits, layers }, ends.at(-1).weights));
  parentPort.postMessage({ epochs: ends.map(({ epoch }) => epoch), test });
}
