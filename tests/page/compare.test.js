// The comparison: curves, read-out, several runs, the answer, control network, divergence.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { ACCENTS, pixels } from "./harness/colours.js";
import { inEachBrowser, noMnist, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const LOSS = "#loss-chart canvas";

/** The ten runs that the page comes with: of each network, and each run, its epochs as `[[, , , val_accuracy], mistakes, [truth, ]]`. */
const tenRuns = () => {
  const { runs, validation_images: images } = JSON.parse(readFileSync(join(import.meta.dirname, "../../www/ready-made/runs.json"), "utf8"));
  const [custom, dense] = [0, 1].map((network) => runs.map((run) => run.networks[network].epochs));
  return { custom, dense, images };
};
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length / 2) - 1] + sorted[Math.floor(sorted.length / 2)]) / 2;
};
/** "1 in 2,500" → 2500. */
const oneIn = (text) => Number(/^1 in ([\d,.]+)$/.exec(text)?.[1].replaceAll(",", ""));
/** Of `images`, those that are read wrongly. */
const wrong = (accuracy, images) => Math.round((1 - Number(accuracy)) * images);

/** @param {Page} page */
const readout = (page) => page.text("#readout caption");

/**
 * What the page says of the networks by each criterion: values, and a sentence for each pair.
 * @param {Page} page
 */
const criteria = (page) => page.run(() => [...document.querySelectorAll("#verdict .criterion")].map((one) => ({
  title: one.querySelector("h3").textContent,
  values: Object.fromEntries([...one.querySelectorAll("[data-model]")].map((row) => [row.dataset.model, row.querySelector("dd").textContent])),
  said: [...one.querySelectorAll(".said")].map((said) => said.textContent.replaceAll("\u00a0", " ").trim()),
})));

/**
 * Waits for the answer after some epochs, which forms a moment after the last.
 * @param {Page} page
 * @param {string} moment
 */
const answered = (page, moment) => page.until(`“${moment}”`, (wanted) =>
  document.querySelector("#verdict").textContent.replaceAll("\u00a0", " ").includes(wanted), moment);

/**
 * Waits for the test scores of all networks.
 * @param {Page} page
 * @returns {Promise<Record<string, Record<string, string>>>}
 */
const testScores = (page) => page.until("the test scores", () => {
  const rows = [...document.querySelectorAll("#test-scores tbody tr")];
  const isThere = rows.length > 0 && rows.every((row) => row.querySelector("[data-metric=test_loss]").textContent !== "–");
  return isThere && Object.fromEntries(rows.map((row) => [row.dataset.model,
    Object.fromEntries([...row.querySelectorAll("td")].map((cell) => [cell.dataset.metric, cell.textContent]))]));
});

/**
 * Presses keys one after another, each in a turn of its own: Firefox's driver sends several in one.
 * @param {Page} page
 * @param {import("selenium-webdriver").WebElement} element
 * @param {...string} names
 */
async function press(page, element, ...names) {
  for (const name of names) await element.sendKeys(page.key(name));
}

inEachBrowser("Comparison", (bench) => {
  test("says what one run tells, and what it cannot", async () => {
    const page = bench.small;
    await page.openNew("epochs=40");
    await page.until("what was before", () => /Ten runs made before your visit|Not tried before/.test(document.querySelector("#verdict .moment").textContent));
    await page.click("Train");
    await page.reach("finished");
    await answered(page, "After 40 epochs of your run.");
    const found = await criteria(page);
    assert.equal(found.length, 3);
    for (const { title, values, said } of found) {
      assert.deepEqual(Object.keys(values).sort(), ["custom", "dense"]);
      for (const value of Object.values(values)) assert.match(value, /^(\d|no mistakes|not reached|none at all)/, title);
      assert.equal(said.length, 1);
      assert.match(said[0], /^(One run can’t tell\.|The same\.|In the same epoch\.|Neither has got there\.|No mistakes to look at\.)$/, title);
    }
    assert.doesNotMatch(await page.text("#verdict"), /better|undefined|NaN/);
    // Of 750 images, a fifth validates.
    assert.equal(found[0].title, "Mistakes on 150 digits it never trained on");
    const last = (await page.history()).at(-1);
    for (const [model, mistakes] of Object.entries(found[0].values)) assert.equal(Number(mistakes), wrong(last[model].val_accuracy, 150), model);
    const scores = await testScores(page);
    for (const model of ["custom", "dense"]) {
      // Of 120 test images.
      assert.equal((1 - Number(scores[model].mistakes) / 120).toFixed(4), scores[model].test_accuracy);
      assert.match(scores[model].test_loss, /^\d/);
    }
  });

  test("shows what the held moment is worth", async () => {
    const page = bench.small;
    const history = await page.history();
    const slider = await page.find("#curves [role=slider]");
    await page.run((element) => element.focus(), slider);
    // In the first epochs most changes.
    for (const keys of [["home", ...Array(12).fill("arrow_right")], ["end", "page_down"]]) {
      await press(page, slider, ...keys, "enter");
      const moment = (await page.until("a moment held", () => {
        const text = document.querySelector("#verdict .moment").textContent.replaceAll("\u00a0", " ");
        return text.startsWith("After 40 epochs") ? null : text;
      }));
      const [, epoch] = /^After (\d+) epochs? of your run/.exec(moment) ?? assert.fail(moment);
      const [mistakes, , first] = await criteria(page);
      for (const model of ["custom", "dense"]) {
        const until = history.slice(0, Number(epoch)).map((models) => Number(models[model].val_accuracy));
        assert.equal(Number(mistakes.values[model]), wrong(until.at(-1), 150), `${model} after epoch ${epoch}`);
        const reached = until.findIndex((accuracy) => accuracy >= 0.98);
        assert.equal(first.values[model], reached < 0 ? "not reached" : String(reached + 1), `${model} after epoch ${epoch}`);
      }
      for (const { said } of [mistakes, first]) assert.match(said[0], /in this run|got there|Too early|No mistakes/);
      await press(page, slider, "escape");
      await answered(page, "After 40 epochs of your run.");
    }
  });

  test("begins with what ten runs say of the same settings", { skip: noMnist }, async () => {
    const { page } = bench;
    const runs = tenRuns();
    await page.openNew();
    await answered(page, "Ten runs made before your visit, after 50 epochs.");
    const [mistakes, truth, first] = await criteria(page);
    assert.match(mistakes.title, new RegExp(`on ${runs.images.toLocaleString("en")} digits`));
    for (const model of ["custom", "dense"]) {
      const lasts = runs[model].map((epochs) => epochs.at(-1));
      assert.equal(mistakes.values[model], String(Number(mean(lasts.map(([, count]) => count)).toFixed(1))));
      // To two digits.
      const left = 1 / Math.exp(mean(lasts.map(([, , [chance]]) => Math.log(chance))));
      assert.ok(Math.abs(oneIn(truth.values[model]) / left - 1) < 0.05, `${truth.values[model]}: 1 in ${left}`);
      const firsts = runs[model].map((epochs) => 1 + epochs.findIndex(([[, , , accuracy]]) => accuracy >= 0.98));
      assert.equal(first.values[model], String(median(firsts)));
    }
    const ticks = await page.run(() => [...document.querySelectorAll("#verdict .criterion")].map((one) => one.querySelectorAll(".tick").length));
    assert.deepEqual(ticks, [20, 20, 20]);
    // In speech, too: each run's.
    const spoken = await page.text("[data-criterion=mistakes] .spoken");
    assert.equal(spoken, `Custom in ten runs made before: ${runs.custom.map((epochs) => epochs.at(-1)[1]).join(", ").replace(/, (\d+)$/, " and $1")}.`);
    assert.doesNotMatch(await page.text("#verdict"), /–|NaN|undefined/);

    // The same network under another rate was not tried.
    await page.openNew("lr=0.02");
    await answered(page, "Not tried before with these settings");
    for (const { said } of await criteria(page)) assert.deepEqual(said, ["Train to see."]);
  });

  test("repeats over seeds: bands, wins, and what so few cannot tell", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2&seed=3");
    await page.click("Train");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Finished after 2.epochs in each of 2.runs\./);
    await answered(page, "After 2 epochs, over 2 runs.");
    for (const { said: [said] } of await criteria(page)) {
      if (/can’t tell/.test(said)) assert.match(said, /^Two runs can’t tell: it takes at least five\. ?(Custom|Dense) .* in [12] of 2 runs, (custom|dense) in [01]/);
      else assert.match(said, /The same in every run|Neither has got there|No mistakes/);
    }
    await page.until("the read-out of both runs", () => /\d ± \d/.test(document.querySelector("#readout tbody")?.textContent));
    assert.match((await page.text("#chart-note")).replaceAll("\u00a0", " "), /Bold: the mean of your 2 runs, in a band of ± one standard deviation\./);
    assert.match(await readout(page), /mean of the runs$/);
    assert.match(await page.text("#history caption"), /seed 3/);
    await testScores(page);
    await page.until("both runs' scores", () => /Means of 2.runs/.test(document.querySelector("#test-scores caption")?.textContent));
    const accents = await pixels(page, LOSS, Object.values(ACCENTS.light));
    assert.ok(accents.every((count) => count > 50), `${accents}`);
  });

  test("adds the control network with one switch", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2");
    assert.equal(await page.run(() => document.querySelector("[data-model=control]")), null);
    await page.run(() => document.querySelector("#settings").setAttribute("open", ""));
    await (await page.control("Control network", "#settings-form input")).click();
    await page.until("the hash", () => location.hash.endsWith("&control=1"));
    await page.click("Train");
    await page.reach("finished");
    await page.epochs(2, ["custom", "dense", "control"]);
    await answered(page, "After 2 epochs, over 2 runs.");
    for (const { values, said } of await criteria(page)) {
      assert.deepEqual(Object.keys(values).sort(), ["control", "custom", "dense"]);
      assert.deepEqual(said.map((text) => /^(.*?): /.exec(text)?.[1]), ["Custom and dense", "Custom and control", "Dense and control"]);
    }
    assert.ok(await (await page.control("control", "#curves input")).isSelected());
    assert.match((await testScores(page)).control.test_loss, /0\.\d+/);
  });

  test("goes on with one network when the other diverges", async () => {
    const page = bench.small;
    await page.open("epochs=3&lr=10");
    await page.click("Train");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Finished after 3.epochs\. Custom blew up\.$/);
    await page.until("a word on it", () => /blew up in epoch 1.*Try a smaller learning rate/.test(document.querySelector("#verdict-text [data-model=custom]").textContent));
    for (const { values } of await criteria(page)) assert.match(values.custom, /diverged|blew up|not reached/);
    const history = await page.history();
    assert.equal(history.length, 3);
    assert.equal(history[0].custom.loss, "NaN");
    assert.ok(history.every((epoch) => Number.isFinite(Number(epoch.dense.loss))));
    assert.match(await page.text("#progress-text"), /^Finished after 3.epochs\. Custom blew up\.$/);
    assert.equal(await page.run(() => document.querySelector("progress").value), 1);
    assert.doesNotMatch(await page.text("main"), /NaN/);
  });

  test("says nothing of an epoch that not all networks have finished", async () => {
    const page = bench.small;
    await page.open("epochs=1000&batch=1&networks=quick:relu4;slow:relu512,relu512,relu512,relu512,relu512,cubic512");
    await page.click("Train");
    // From within: a moment later all may have one.
    const seen = await page.until("one of them", () => {
      const rows = document.querySelectorAll("#history tr[data-epoch]").length;
      const slow = document.querySelector("#history td[data-model=slow][data-value]");
      if (slow) throw new Error("the slow network was not the slower one");
      return rows > 0 && [document.querySelector("#readout").textContent, document.querySelector("#verdict").textContent];
    });
    for (const text of seen) assert.doesNotMatch(text, /all networks have finished|After \d+.epoch/);
    // The slow one may still be loading; it has its start at the least when both answer from the training.
    await page.until("a moment of both", () => /untrained|after/i.test(document.querySelector("#shown").textContent));
    await page.click("Stop");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped in the first epoch\./);
    assert.match(await page.text("#verdict .moment"), /^Stopped before an epoch was complete/);
    assert.match(await page.text("#test-scores caption"), /Not tried/);
    assert.deepEqual(await page.history(), []);
    assert.doesNotMatch(await page.text("main"), /is not finished yet|all networks have finished/);
  });
});
