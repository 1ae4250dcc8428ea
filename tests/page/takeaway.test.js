// What can be taken away and brought back: histories, weights.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { download } from "./harness/downloads.js";
import { inEachBrowser } from "./harness/suite.js";

const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];
const MODELS = ["custom", "dense"];

/** Chooses a file for a model, and waits for what the page says to it. */
async function load(page, model, path) {
  await page.run(() => {
    document.querySelector("#takeaway-note").textContent = "";
  });
  await page.find(`#load-${model}`).sendKeys(path);
  return page.until("a word on the file", () => document.querySelector("#takeaway-note").textContent);
}

/**
 * Shows a test digit on the empty pad, and returns both models' answers. A drawing's answers follow
 * its strokes: one would not know which is the last.
 */
async function answers(page) {
  await (await page.control("Digit", "select")).sendKeys("2");
  await page.until("answers", () => ["custom", "dense"].every((model) => document.querySelector(`#${model}-prediction`).textContent));
  return page.answers();
}

inEachBrowser("Take away", (bench) => {
  test("the history as CSV: every run, and the numbers of the table", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2&seed=11");
    await page.click("Train");
    await page.reach("finished");
    const history = await page.history();
    const csv = (await download(bench.browser, "history.csv", () => page.click("History as CSV"))).toString();
    const [head, ...lines] = csv.trimEnd().split("\n");
    assert.equal(head, "run,seed,model,epoch,loss,accuracy,val_loss,val_accuracy");
    assert.equal(lines.length, 2 * 2 * 2);
    const last = lines.map((line) => line.split(",")).filter(([run, seed]) => run === "2" && seed === "12");
    assert.equal(last.length, 4);
    for (const [, , model, epoch, ...values] of last) {
      const shown = METRICS.map((metric) => Number(history[Number(epoch) - 1][model][metric]));
      assert.deepEqual(values.map(Number), shown);
    }
  });

  test("the history as JSON, in Keras's form", async () => {
    const page = bench.small;
    await page.open("epochs=3&digits=0,2,5&seed=11");
    await page.click("Train");
    await page.reach("finished");
    const history = await page.history();
    const json = JSON.parse((await download(bench.browser, "history.json", () => page.click("History as JSON"))).toString());
    assert.deepEqual(json.params.digits, [0, 2, 5]);
    assert.deepEqual([json.params.epochs, json.params.seed], [3, 11]);
    for (const model of MODELS) {
      for (const metric of METRICS) {
        assert.deepEqual(json[model][metric], history.map((epoch) => Number(epoch[model][metric])), `${metric} of ${model}`);
      }
    }
  });

  test("weights, which answer the same when they come back", async () => {
    const page = bench.small;
    const before = await answers(page);
    const saved = {};
    for (const model of MODELS) {
      const name = `${model}.safetensors`;
      saved[model] = await download(bench.browser, name, () => page.click(`Save the ${model} network’s weights`));
      await writeFile(join(bench.browser.folder, name), saved[model]);
    }

    // With other weights first, so that something changes.
    await page.open("epochs=1&seed=99");
    await page.click("Train");
    await page.reach("finished");
    assert.notDeepEqual(await answers(page), before);
    for (const model of MODELS) {
      const said = await load(page, model, join(bench.browser.folder, `${model}.safetensors`));
      assert.equal(said, `${model}.safetensors is loaded. The ${model} network now knows the digits 0, 2 and 5.`);
    }
    await page.until("the same answers", (wanted) =>
      Object.entries(wanted).every(([model, text]) => document.querySelector(`#${model}-prediction`).textContent === text), before);
    for (const model of MODELS) {
      const again = await download(bench.browser, `${model}.safetensors`, () => page.click(`Save the ${model} network’s weights`));
      assert.ok(again.equals(saved[model]), "the same bytes");
    }
  });

  test("a bad file of weights is refused with a sentence, and changes nothing", async () => {
    const page = bench.small;
    const before = await page.answers();
    const good = await download(bench.browser, "custom.safetensors", () => page.click("Save the custom network’s weights"));
    const header = Number(good.readBigUInt64LE(0));
    const changed = (change) => {
      const file = Buffer.from(good);
      change(file);
      return file;
    };
    const files = {
      "empty": Buffer.alloc(0),
      "text": Buffer.from("These are no weights."),
      "truncated": good.subarray(0, good.length - 1),
      "longer": Buffer.concat([good, Buffer.alloc(4)]),
      "endless-header": changed((file) => file.writeBigUInt64LE(0xffff_ffff_ffffn)),
      "broken-header": changed((file) => file.fill(0x7b, 8, 40)),
      "nan": changed((file) => file.writeFloatLE(NaN, 8 + header)),
      "too-large": Buffer.alloc((16 << 20) + 1),
    };
    for (const [name, contents] of Object.entries(files)) {
      const path = join(bench.browser.folder, `${name}.safetensors`);
      await writeFile(path, contents);
      const said = await load(page, "custom", path);
      assert.match(said, /^.{15,}$/, name);
      assert.doesNotMatch(said, /is loaded|panicked|undefined|\[object/, name);
    }
    // The other network's weights are sound, but not of this shape.
    const said = await load(page, "custom", join(bench.browser.folder, "dense.safetensors"));
    assert.match(said, /the layers relu100,relu50, expected relu150,relu100,cubic50/);
    assert.deepEqual(await page.answers(), before);
    assert.equal(await page.state(), "finished");
  });

  test("weights that are no numbers are not saved, and the page says why", async () => {
    const page = bench.small;
    await page.open("epochs=1&lr=10");
    await page.click("Train");
    await page.reach("finished");
    await page.click("Save the custom network’s weights");
    const said = await page.until("a word on the file", () => document.querySelector("#takeaway-note").textContent);
    assert.match(said, /^The custom network diverged: its weights cannot be saved: \S+: value \d+ is NaN, expected a finite number$/);
  });
});
