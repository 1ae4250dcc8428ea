// Trains one model over all runs, as the page's worker does, and tells the events.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";

const { site, model, settings } = workerData;

/** The one folder in `folder` that is named by its content. */
const hashed = (folder) =>
  join(folder, readdirSync(folder).find((name) => /^[0-9a-f]{16}$/.test(name)));

const pkg = join(hashed(site), "pkg");
const { default: init, Worker } = await import(pathToFileURL(join(pkg, "mnist_cubic.js")).href);
await init({ module_or_path: readFileSync(join(pkg, "mnist_cubic_bg.wasm")) });
const worker = new Worker(model);

const data = hashed(join(site, "data"));
const manifest = JSON.parse(readFileSync(join(data, "manifest.json"), "utf8"));
if (manifest.source !== "mnist") throw new Error("the site's digits are synthetic, not MNIST");
for (const digit of settings.digits) {
  for (const part of ["train", "test"]) {
    const files = manifest.digits[digit][part];
    const read = (key) => new Uint8Array(gunzipSync(readFileSync(join(data, files[key].file))));
    const [images, positions] = [read("images"), read("positions")];
    worker.handle({ type: "add_digit", part, digit, images, positions });
  }
}

worker.handle({ type: "train", settings });
while (worker.busy) {
  for (const event of worker.step()) {
    if (event.type !== "progress") parentPort.postMessage(event);
  }
}
