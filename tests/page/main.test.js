// The main job: load, train both networks, watch, draw, pause, resume, stop, reset.

import assert from "node:assert/strict";

import { ACCENTS, pixels } from "./harness/colours.js";
import { DIGITS, draw, ink } from "./harness/pointer.js";
import { inEachBrowser, noMnist, test } from "./harness/suite.js";

const METRICS = ["loss", "accuracy", "val_loss", "val_accuracy"];

inEachBrowser("Training", (bench) => {
  test("loads, and can be used", async () => {
    const { page } = bench;
    await page.openNew();
    assert.match(await page.text("#status"), /^Ready/);
    assert.equal(await page.run(() => document.querySelector("#status").getAttribute("role")), "status", "it is spoken, politely");
    assert.deepEqual(await page.pressable(), ["Train", "Step"]);
    assert.equal(await page.run(() => location.hash), "#digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1");
    assert.equal(await page.run(() => document.querySelector("#synthetic")?.checkVisibility()), Boolean(noMnist));
    const progress = page.find("progress");
    assert.equal(await progress.getAccessibleName(), "Training progress");
  });

  test("trains both networks for two epochs, and shows them", async () => {
    const { page } = bench;
    await page.open("epochs=2");
    // In one go, frame by frame, as two epochs may be over before a driver looks.
    const train = await page.control("Train");
    const [state, ...pressable] = await page.driver.executeAsyncScript(`(${(button, done) => {
      button.click();
      (function look() {
        const { state } = document.body.dataset;
        const buttons = [...document.querySelectorAll("#run .buttons button")];
        const names = buttons.filter((one) => one.checkVisibility() && !one.disabled).map(({ textContent }) => textContent.trim());
        if (state !== "ready" && names.includes("Stop") || state === "finished") done([state, ...names]);
        else requestAnimationFrame(look);
      })();
    }})(...arguments)`, train);
    assert.deepEqual([state, pressable], ["training", ["Pause", "Stop", "Reset"]]);
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Finished after 2\sepochs/);
    assert.deepEqual(await page.pressable(), ["Train", "Reset"]);
    assert.equal(await page.run(() => document.querySelector("progress")?.value), 1);

    const history = await page.history();
    assert.equal(history.length, 2);
    for (const epoch of history) {
      assert.deepEqual(Object.keys(epoch).sort(), ["custom", "dense"]);
      for (const model of ["custom", "dense"]) {
        const values = METRICS.map((metric) => Number(epoch[model][metric]));
        assert.ok(values.every(Number.isFinite), `${model}: ${values}`);
        const [loss, accuracy, valLoss, valAccuracy] = values;
        assert.ok(loss > 0 && valLoss > 0 && accuracy <= 1 && valAccuracy <= 1, `${model}: ${values}`);
        assert.ok(accuracy > 0.8 && valAccuracy > 0.8, `${model} learns: ${values}`);
        assert.ok(epoch[model].loss.length > 7, `full precision: ${epoch[model].loss}`);
      }
    }
    for (const model of ["custom", "dense"]) {
      assert.ok(Number(history[1][model].loss) < Number(history[0][model].loss), `the ${model} loss falls`);
    }
  });

  test("tries both networks on the test images", async () => {
    const { page } = bench;
    for (const model of ["custom", "dense"]) {
      const accuracy = await page.until(`${model}'s test accuracy`, (row) => Number(
        document.querySelector(`#test-scores ${row} [data-metric=test_accuracy]`)?.textContent), `[data-model=${model}]`);
      assert.ok(accuracy > 0.8 && accuracy <= 1, `${model}: ${accuracy}`);
    }
  });

  test("draws a curve of each network", async () => {
    const { page } = bench;
    await page.until("two epochs in the charts", () => /^Loss by epoch\. .*custom, validation.*after epoch 2.*dense, validation.*after epoch 2/
      .test(document.querySelector("#loss-chart canvas")?.getAttribute("aria-label") ?? ""));
    for (const chart of ["loss", "mistakes"]) {
      const found = await pixels(page, `#${chart}-chart canvas`, Object.values(ACCENTS.light));
      assert.ok(found.every((count) => count > 50), `pixels of each network in the chart of ${chart}: ${found}`);
    }
    await page.until("the replay's end", () => /After 2\sepochs/.test(document.querySelector("#verdict").textContent));
  });

  test("answers a drawing", { skip: noMnist }, async () => {
    const { page } = bench;
    for (const [digit, strokes] of Object.entries(DIGITS)) {
      await draw(page, strokes);
      assert.ok((await ink(page)) > 500, "the pad shows the strokes");
      // The answer is there with the stroke: nothing is waited for.
      const answers = await page.answers();
      for (const model of ["custom", "dense"]) assert.match(answers[model], new RegExp(`^${digit} \\(\\d+\\.\\d\\s%\\)`));
      await page.click("Clear");
      assert.deepEqual(await page.answers(), { custom: "", dense: "" });
    }
  });

  test("updates the answers while it goes on", async () => {
    const page = bench.small;
    // At a rate at which answers go on changing: soon sure, they would stay at 100.0 %.
    await page.open("epochs=1000&lr=0.0001");
    await draw(page, DIGITS[2]);
    await page.run(() => {
      for (const output of document.querySelectorAll("output[id$=prediction]")) {
        const answers = new Set();
        new MutationObserver(() => {
          answers.add(output.textContent);
          output.dataset.answers = String(answers.size);
        }).observe(output, { childList: true, characterData: true, subtree: true });
      }
    });
    await page.click("Train");
    for (const model of ["custom", "dense"]) {
      await page.until(`several answers of ${model}`, (id) => Number(document.querySelector(id).dataset.answers) > 5, `#${model}-prediction`);
    }
    assert.equal(await page.state(), "training");
  });

  test("pauses and goes on", async () => {
    const page = bench.small;
    await page.click("Pause");
    await page.reach("paused");
    assert.match(await page.text("#status"), /^Paused\. Epoch \d+ of 1000/);
    assert.deepEqual(await page.pressable(), ["Resume", "Step", "Stop", "Reset"]);
    const before = await page.settledHistory();
    await page.click("Clear");
    await draw(page, DIGITS[0]);
    assert.ok((await page.answers()).custom, "it answers at rest");
    await page.pass(500);
    assert.deepEqual(await page.history(), before, "nothing is trained");
    await page.click("Resume");
    await page.reach("training");
    await page.epochs(before.length + 2);
    // The networks drift apart: an epoch may have been there for one of them only.
    const whole = before.filter((epoch) => epoch.custom && epoch.dense);
    assert.deepEqual((await page.history()).slice(0, whole.length), whole, "what was, stays");
  });

  test("stops, and keeps the networks", async () => {
    const page = bench.small;
    await page.click("Stop");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped/);
    assert.deepEqual(await page.pressable(), ["Train", "Reset"]);
    const history = await page.history();
    assert.ok(history.length > 2);
    for (const epoch of history) assert.deepEqual(Object.keys(epoch).sort(), ["custom", "dense"], "cut at the last common epoch");
    await page.click("Clear");
    await draw(page, DIGITS[5]);
    assert.ok((await page.answers()).dense);
  });

  test("starts anew after a reset, as before", async () => {
    const page = bench.small;
    const before = await page.history();
    await page.click("Reset");
    await page.reach("ready");
    assert.deepEqual(await page.history(), []);
    assert.deepEqual(await page.pressable(), ["Train", "Step"]);
    assert.equal(await page.run(() => document.querySelector("progress")?.value), 0);
    await page.click("Train");
    await page.epochs(2);
    await page.click("Stop");
    await page.reach("finished");
    assert.deepEqual((await page.history()).slice(0, 2), before.slice(0, 2));
  });

  test("takes one batch at a time, and shows its digits", async () => {
    const page = bench.small; // 600 images to train with
    await page.open();
    /** The digits of the batch, as they are told to those who do not see them. */
    const batch = () => page.run(() => [...document.querySelectorAll("canvas.batch")].find((one) => one.checkVisibility())?.getAttribute("aria-label") ?? "");
    const line = (text) => page.until(text, (wanted) => document.querySelector("#progress-text").textContent.replaceAll("\u00a0", " ") === wanted, text);
    const shown = (images) => page.until(`${images} images`, (wanted) => document.querySelector("#shown").textContent.includes(`after ${wanted}`), images);
    assert.equal(await batch(), "");
    await page.click("Step");
    await page.reach("paused");
    await line("Paused. Epoch 1, batch 1 of 19.");
    await shown(32);
    const first = await batch();
    assert.equal(first.replace(/ \(.*?\)/g, "").match(/\d/g).length, 32, first);
    assert.match(first, /\(read wrongly by (custom|dense|custom and dense)\)/);
    await page.click("Step");
    await line("Paused. Epoch 1, batch 2 of 19.");
    await shown(64);
    assert.notEqual(await batch(), first);
    // In slow motion, one follows the other.
    await (await page.control("Slow motion", "input")).click();
    await page.click("Resume");
    await line("Epoch 1, batch 4 of 19");
    await page.click("Pause");
    await page.reach("paused");
    assert.notEqual(await batch(), "");
    await page.click("Reset");
    await page.reach("ready");
    assert.equal(await batch(), "");
    await (await page.control("Slow motion", "input")).click();
  });
});
