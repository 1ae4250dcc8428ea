// What can be taken away and brought back: histories, weights, the Keras notebook.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { download } from "./harness/downloads.js";
import { DIGITS, draw } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];
const MODELS = ["custom", "dense"];

/**
 * Chooses a file for a network, and waits for what the page says to it.
 * @param {Page} page
 * @param {string} model
 * @param {string} path
 */
async function load(page, model, path) {
  const before = await page.text("#takeaway-note");
  await page.find(`#load-${model}`).sendKeys(path);
  return page.until("a word on the file", (old) => {
    const now = document.querySelector("#takeaway-note").textContent;
    return now !== old && now;
  }, before);
}

/**
 * A training to its end, the replay's too.
 * @param {Page} page
 * @param {number} epochs
 */
async function train(page, epochs) {
  await page.click("Train");
  await page.reach("finished");
  await page.until("the last answers", (last) => [...document.querySelectorAll(".answer")]
    .every(({ textContent }) => textContent.includes(`After epoch ${last}.`)), epochs);
}

/**
 * @param {import("./harness/suite.js").Bench} bench
 * @param {string} model
 */
const saveWeights = ({ browser, small: page }, model) =>
  download(browser, `${model}.safetensors`, () => page.click(`Save the ${model} network’s weights`));

inEachBrowser("Take away", (bench) => {
  test("the history as CSV: every run, and the numbers of the table", async () => {
    const page = bench.small;
    await page.openNew("epochs=2&runs=2&seed=11");
    for (const name of ["History as CSV", "History as JSON"]) {
      assert.equal(await (await page.control(name)).isEnabled(), false, "there is none yet");
    }
    await page.click("Train");
    await page.reach("finished");
    const history = await page.history();
    const csv = (await download(bench.browser, "history.csv", () => page.click("History as CSV"))).toString();
    const [head, ...lines] = csv.trimEnd().split("\n");
    assert.equal(head, "run,seed,model,epoch,loss,accuracy,val_loss,val_accuracy");
    assert.equal(lines.length, 2 * 2 * 2);
    const rows = lines.map((line) => line.split(","));
    assert.equal(rows.filter(([run, seed]) => run === "2" && seed === "12").length, 4);
    const shown = rows.filter(([run, seed]) => run === "1" && seed === "11");
    assert.equal(shown.length, 4);
    for (const [, , model, epoch, ...values] of shown) {
      assert.deepEqual(values.map(Number), METRICS.map((metric) => Number(history[Number(epoch) - 1][model][metric])));
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

  test("what Stop leaves is the same in the table, the files and the test scores: both networks after the same epoch", async () => {
    const page = bench.small;
    // The second is much quicker.
    const networks = "networks=slow:relu200,relu100;quick:relu10";
    const scores = () => page.until("the test scores", () => {
      const cells = [...document.querySelectorAll("#test-scores tbody td")].map(({ textContent }) => textContent);
      return cells.length > 0 && !cells.includes("–") && cells;
    });
    await page.open(`epochs=1000&${networks}`);
    await page.click("Train");
    await page.epochs(3, ["slow"]);
    await page.click("Stop");
    await page.reach("finished");
    const [, epochs] = /^Stopped after (\d+).epochs/.exec(await page.text("#status")) ?? [];
    const history = await page.history();
    assert.equal(history.length, Number(epochs));
    for (const models of history) assert.deepEqual(Object.keys(models).sort(), ["quick", "slow"]);
    const csv = (await download(bench.browser, "history.csv", () => page.click("History as CSV"))).toString();
    assert.equal(csv.trimEnd().split("\n").length, 1 + 2 * Number(epochs));
    const stopped = await scores();

    await page.open(`epochs=${epochs}&${networks}`);
    await page.click("Train");
    await page.reach("finished");
    assert.deepEqual(await page.history(), history);
    assert.deepEqual(await scores(), stopped, `the scores after ${epochs} epochs`);
  });

  test("a link of the settings, which is not called the run's that is shown", async () => {
    const page = bench.small;
    await page.open("epochs=1&seed=11");
    await page.click("Train");
    await page.reach("finished");
    await page.run(() => {
      location.hash = "epochs=1&seed=12";
      document.querySelector("#settings").setAttribute("open", "");
      // Browsers differ in whether a driver may write to the clipboard.
      navigator.clipboard.writeText = async (text) => void (document.body.dataset.copied = text);
    });
    await page.until("the settings", () => document.querySelector("#set-seed")?.value === "12");
    await page.click("Copy link");
    const said = await page.until("a word", () => document.querySelector("#copied").textContent);
    assert.match(said, /^The link is copied/);
    assert.doesNotMatch(said, /same run|this run/);
    assert.match(await page.run(() => document.body.dataset.copied ?? ""), /#digits=0,2,5&epochs=1&batch=32&lr=0\.01&seed=12&runs=1$/);
  });

  test("weights, which answer the same when they come back", async () => {
    const page = bench.small;
    await page.open("epochs=3&seed=11");
    await draw(page, DIGITS[2]);
    await train(page, 3);
    const before = await page.answers();
    const saved = {};
    for (const model of MODELS) {
      saved[model] = await saveWeights(bench, model);
      await writeFile(join(bench.browser.folder, `${model}.safetensors`), saved[model]);
    }

    // With other weights first, so that something changes.
    await page.open("epochs=1&seed=99");
    await draw(page, DIGITS[2]);
    await train(page, 1);
    assert.notDeepEqual(await page.answers(), before);
    for (const model of MODELS) {
      const said = await load(page, model, join(bench.browser.folder, `${model}.safetensors`));
      assert.equal(said, `${model}.safetensors is loaded. The ${model} network now knows the digits 0, 2 and 5.`);
    }
    await page.until("the same answers", (wanted) =>
      Object.entries(wanted).every(([model, text]) => document.querySelector(`#${model}-prediction`).textContent === text), before);
    for (const model of MODELS) assert.ok((await saveWeights(bench, model)).equals(saved[model]), "the same bytes");
  });

  test("a bad file of weights is refused with a sentence, and changes nothing", async () => {
    const page = bench.small;
    const before = await page.answers();
    const good = await saveWeights(bench, "custom");
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
      "renamed": changed((file) => file.write("dense9", file.indexOf("dense1"))),
      "nan": changed((file) => file.writeFloatLE(NaN, 8 + header)),
      "too-large": Buffer.alloc((16 << 20) + 1),
    };
    for (const [name, contents] of Object.entries(files)) {
      const path = join(bench.browser.folder, `${name}.safetensors`);
      await writeFile(path, contents);
      // So that the same words for another file are noticed.
      await page.click("Save the dense network’s weights");
      await page.until("its word", () => /is saved/.test(document.querySelector("#takeaway-note").textContent));
      const said = await load(page, "custom", path);
      assert.match(said, new RegExp(`^${name}\\.safetensors .{15,}\\.$`), name);
      if (name === "renamed") assert.match(said, /dense[19]\.(weight|bias)/);
      assert.doesNotMatch(said, /is loaded|panicked|undefined|\[object/, name);
    }
    // The other network's weights are sound, but not of this shape.
    const said = await load(page, "custom", join(bench.browser.folder, "dense.safetensors"));
    assert.match(said, /^dense\.safetensors cannot be loaded: .*relu100,relu50/);
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
    assert.match(said, /^custom\.safetensors: the network has diverged, so its weights cannot be saved: \S+: value \d+ is NaN, expected a finite number\.$/);
  });

  test("a notebook for Keras: plain Python, with the settings, first weights and history", async (context) => {
    const page = bench.small;
    await page.open("epochs=2&seed=7&networks=custom:relu20,cubic10;other:relu20,sine10@0.1");
    await page.click("Train");
    await page.reach("finished");
    const history = await page.history();
    const text = (await download(bench.browser, "experiment.ipynb", () => page.click("Keras notebook"))).toString();
    assert.doesNotMatch(text, /\{\{/);
    const { cells, nbformat, metadata } = JSON.parse(text);
    assert.equal(nbformat, 4);
    assert.equal(metadata.kernelspec.language, "python");
    assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
    for (const cell of cells) {
      assert.ok(["code", "markdown"].includes(cell.cell_type));
      if (cell.cell_type === "code") assert.deepEqual([cell.outputs, cell.execution_count], [[], null]);
    }
    const code = cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => [source].flat().join(""));
    for (const cell of code) assert.doesNotMatch(cell, /^\s*[%!]/m, "no magic, no shell");
    const all = code.join("\n\n");

    /** @param {string} name What is given as JSON in a raw string. */
    const given = (name) => JSON.parse(new RegExp(`^${name} = json\\.loads\\(r"""(.*?)"""\\)`, "ms").exec(all)?.[1] ?? "null");
    const settings = given("settings");
    assert.deepEqual([settings.digits, settings.epochs, settings.seed], ["0,2,5", "2", "7"]);
    assert.deepEqual(settings.networks, [
      { name: "custom", layers: "relu20,cubic10", learning_rate: null },
      { name: "other", layers: "relu20,sine10", learning_rate: 0.1 },
    ]);
    for (const [network, metrics] of Object.entries(given("page_history"))) {
      for (const metric of METRICS) assert.deepEqual(metrics[metric], history.map((epoch) => Number(epoch[network][metric])));
    }
    // 784 → 20 → 10 by V and W → 3, in f32.
    const parameters = 784 * 20 + 20 + 2 * 20 * 10 + 10 + 10 * 3 + 3;
    for (const start of Object.values(given("start"))) assert.equal(Buffer.from(start, "base64").length, 4 * parameters);

    const parse = "import ast, sys; ast.parse(sys.stdin.read())";
    const python = ["python3", "python"].find((name) => spawnSync(name, ["--version"]).status === 0);
    if (!python) return context.diagnostic("there is no Python here to read it");
    const read = spawnSync(python, ["-c", parse], { input: all, encoding: "utf8" });
    assert.equal(read.status, 0, read.stderr);
  });
});
