// The comparison: curves, read-out, several runs, the answer, control network, divergence.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ACCENTS, pixels } from "./harness/colours.js";
import { perform } from "./harness/pointer.js";
import { inEachBrowser, noMnist } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const LOSS = "#loss-chart canvas";

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
 * @param {import("./harness/page.js").Page} page
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
    assert.match(await page.text("#verdict"), /the answer forms here/);
    await page.click("Train");
    await page.reach("finished");
    await answered(page, "After 40 epochs.");
    const found = await criteria(page);
    assert.equal(found.length, 3);
    for (const { title, values, said } of found) {
      assert.deepEqual(Object.keys(values).sort(), ["custom", "dense"]);
      for (const value of Object.values(values)) assert.match(value, /^(\d|no mistakes|not reached|none at all)/, title);
      assert.equal(said.length, 1);
      assert.match(said[0], /One run can’t tell|The same|In the same epoch|Neither has got there|No mistakes to look at/, title);
    }
    assert.doesNotMatch(await page.text("#verdict"), /better|undefined|NaN/);
    const scores = await testScores(page);
    for (const model of ["custom", "dense"]) {
      // Of 120 test images.
      assert.equal((1 - Number(scores[model].mistakes) / 120).toFixed(4), scores[model].test_accuracy);
      assert.match(scores[model].test_loss, /^\d/);
    }
  });

  test("reads out an epoch by keyboard and by mouse", async () => {
    const page = bench.small;
    const slider = await page.control("Epoch to read in the chart of loss", "[role=slider]");
    await page.run((element) => element.focus(), slider);
    await press(page, slider, "home", "arrow_right");
    assert.equal(await readout(page), "Epoch 2");
    assert.equal(await slider.getAttribute("aria-valuenow"), "2");
    const { custom } = (await page.history())[1];
    const shown = await page.run(() => [...document.querySelectorAll("#readout tbody tr")].map((row) => row.textContent).join(" "));
    for (const metric of Object.values(custom)) assert.ok(shown.includes(Number(metric).toFixed(4)), `${metric} in: ${shown}`);
    await page.until("the values in speech", () => /^Epoch 2: custom validation 0\.\d+/.test(document.querySelector("#readout-spoken").textContent));
    await slider.sendKeys(page.key("end"));
    assert.equal(await readout(page), "Epoch 40");
    await press(page, slider, "page_up", "home", "arrow_left");
    assert.equal(await readout(page), "Epoch 1");
    await slider.sendKeys(page.key("tab"));
    assert.match(await readout(page), /^Epoch 40, the last/);

    const place = await page.run(() => {
      const over = document.querySelector("#accuracy-chart .u-over");
      over.scrollIntoView({ block: "center", behavior: "instant" });
      const { left, top, width, height } = over.getBoundingClientRect();
      return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
    });
    await perform(page, [{ kind: "mouse", actions: [{ type: "pointerMove", ...place }] }]);
    await page.until("a read-out", () => /^Epoch (20|21)$/.test(document.querySelector("#readout caption").textContent));
    await perform(page, [{ kind: "mouse", actions: [{ type: "pointerMove", x: 1, y: 1 }] }]);
  });

  test("switches lines and scale", async () => {
    const page = bench.small;
    const toggle = async (name) => (await page.control(name, "#curves input")).click();
    const [custom, dense] = await pixels(page, LOSS, Object.values(ACCENTS.light));
    await toggle("dense");
    const [alone, none] = await pixels(page, LOSS, Object.values(ACCENTS.light));
    assert.ok(alone > custom / 2 && dense > 50 && none === 0, `${[custom, dense]} then ${[alone, none]}`);
    await toggle("dense");
    await toggle("training");
    const [solid] = await pixels(page, LOSS, [ACCENTS.light.custom]);
    assert.ok(solid < custom, "the dashed line is gone");
    await toggle("training");
    const picture = () => page.run((css) => document.querySelector(css).toDataURL(), LOSS);
    const linear = await picture();
    await toggle("log scale for loss");
    assert.notEqual(await picture(), linear);
    await toggle("log scale for loss");
    assert.equal(await picture(), linear);
    assert.match(await page.text("#chart-note"), /A ring marks the epoch of lowest validation loss/);

    assert.equal(await (await page.control("ten runs", "#curves input")).isEnabled(), false, "40 epochs are not the notebook's 50");
  });

  test("shows ten runs behind, where they were made with the same settings on the same images", { skip: noMnist }, async () => {
    const { page } = bench;
    const toggle = async () => (await page.control("ten runs", "#curves input")).click();
    const picture = () => page.run((css) => document.querySelector(css).toDataURL(), LOSS);
    await page.openNew("epochs=50");
    await page.click("Train");
    await page.until("the ten runs", () => /ten runs/.test(document.querySelector("#chart-note").textContent));
    await page.click("Pause");
    await page.settledHistory();
    const withGhosts = await picture();
    await toggle();
    assert.notEqual(await picture(), withGhosts);
    assert.doesNotMatch(await page.text("#chart-note"), /ten runs/);
    await toggle();
    await page.click("Reset");
  });

  test("repeats over seeds: bands, wins, and what so few cannot tell", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2&seed=3");
    await page.click("Train");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Finished after 2.epochs in each of 2.runs\./);
    await answered(page, "After 2 epochs, over 2 runs.");
    for (const { said: [said] } of await criteria(page)) {
      if (/can’t tell/.test(said)) assert.match(said, /^2 runs can’t tell: it takes five\./);
      assert.match(said, /Of 2 runs: custom in [012], dense in [012]/);
    }
    await page.until("the read-out of both runs", () => /\d ± \d/.test(document.querySelector("#readout tbody")?.textContent));
    assert.match((await page.text("#chart-note")).replaceAll("\u00a0", " "), /means of 2 runs, shades are ± one standard deviation, faint lines are single runs/);
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
    assert.match(await page.text("#status"), /^Finished after 3.epochs\. Blew up: custom\.$/);
    const said = await page.until("a word on it", () => document.querySelector("#verdict-text [data-model=custom]")?.textContent);
    assert.match(said, /blew up in epoch 1.*Try a smaller learning rate/);
    for (const { values } of await criteria(page)) assert.match(values.custom, /diverged|blew up|not reached/);
    const history = await page.history();
    assert.equal(history.length, 3);
    assert.equal(history[0].custom.loss, "NaN");
    assert.ok(history.every((epoch) => Number.isFinite(Number(epoch.dense.loss))));
    assert.match(await page.text("#progress-text"), /^Epoch 3 of 3/);
    assert.doesNotMatch(await page.text("main"), /NaN/);
  });

  test("says nothing of an epoch that not all networks have finished", async () => {
    const page = bench.small;
    await page.open("epochs=1000&networks=quick:relu4;slow:relu512,relu512,relu512,relu512,relu512,cubic512");
    await page.click("Train");
    // From within: a moment later all may have one.
    const seen = await page.until("one of them", () => {
      const rows = document.querySelectorAll("#history tr[data-epoch]").length;
      const slow = document.querySelector("#history td[data-model=slow][data-value]");
      if (slow) throw new Error("the slow network was not the slower one");
      return rows > 0 && [document.querySelector("#readout").textContent, document.querySelector("#verdict").textContent];
    });
    for (const text of seen) assert.doesNotMatch(text, /all networks have finished|After \d+.epoch/);
    await page.click("Stop");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped in the first epoch\./);
    assert.deepEqual(await page.history(), []);
    assert.doesNotMatch(await page.text("main"), /is not finished yet|all networks have finished/);
  });
});
