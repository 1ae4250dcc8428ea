// The comparison: curves, read-out, several runs, verdict, control network, divergence.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ACCENTS, pixels } from "./harness/colours.js";
import { download } from "./harness/downloads.js";
import { perform } from "./harness/pointer.js";
import { inEachBrowser } from "./harness/suite.js";

const LOSS = "#loss-chart canvas";

/** @param {import("./harness/page.js").Page} page */
const readout = (page) => page.text("#readout caption");

/** Waits for words in the verdict, which forms a moment after the last epoch. */
async function verdict(page, words) {
  await page.until(`“${words}” in the verdict`, (wanted) => document.querySelector("#verdict-text").textContent.includes(wanted), words);
  return page.text("#verdict-text");
}

inEachBrowser("Comparison", (bench) => {
  test("says what one run tells, and what it cannot", async () => {
    const page = bench.small;
    await page.openNew("epochs=40");
    await page.click("Train");
    await page.reach("finished");
    const text = await verdict(page, "; the dense network's loss is");
    assert.match(text, /After 40 epochs the custom network's validation loss is/);
    assert.match(text, /one run cannot tell/);
    assert.match(text, /overfits: its validation loss was least, 0\.\d+, in epoch \d+/);
    assert.match(text, /On the test images the custom network's loss is .*; the dense network's loss is/);
    const [history] = (await page.history()).slice(-1);
    for (const model of ["custom", "dense"]) {
      assert.ok(text.includes(Number(history[model].val_loss).toFixed(3)), `the ${model} loss of the table in: ${text}`);
    }
  });

  test("reads out an epoch by keyboard and by mouse", async () => {
    const page = bench.small;
    const slider = await page.control("Epoch to read in the chart of loss", "[role=slider]");
    await page.run((element) => element.focus(), slider);
    await slider.sendKeys(page.key("arrow_right"), page.key("arrow_right"));
    assert.equal(await readout(page), "Epoch 2");
    assert.equal(await slider.getAttribute("aria-valuenow"), "2");
    const { custom } = (await page.history())[1];
    const shown = await page.run(() => [...document.querySelectorAll("#readout tbody tr")].map((row) => row.textContent).join(" "));
    for (const metric of Object.values(custom)) assert.ok(shown.includes(Number(metric).toFixed(4)), `${metric} in: ${shown}`);
    await page.until("the values in speech", () => /^Epoch 2: custom validation 0\.\d+/.test(document.querySelector("#readout-spoken").textContent));
    await slider.sendKeys(page.key("end"));
    assert.equal(await readout(page), "Epoch 40");
    await slider.sendKeys(page.key("page_up"), page.key("home"), page.key("arrow_left"));
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
  });

  test("switches lines, scale and reference", async () => {
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
    assert.match(await page.text("#chart-note"), /A ring marks the epoch of least validation loss/);

    assert.equal(await (await page.control("Keras reference", "#curves input")).isEnabled(), false, "40 epochs are not the notebook's 50");
    await page.open("epochs=50");
    await toggle("Keras reference");
    await page.until("its note", () => document.querySelector("#keras-note").textContent.startsWith("Dotted: the same networks in Keras"));
    const found = await pixels(page, LOSS, Object.values(ACCENTS.light));
    assert.ok(found.every((count) => count > 50), `the reference is drawn: ${found}`);
  });

  test("saves a picture of the charts", async () => {
    const png = await download(bench.browser, "curves.png", () => bench.small.click("Save picture"));
    assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
    assert.ok(png.readUInt32BE(16) > 400 && png.readUInt32BE(20) > 560, "both charts are in it");
  });

  test("repeats over seeds: bands, differences, wins", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2&seed=3");
    await page.click("Train");
    await page.reach("finished");
    assert.equal(await page.text("#status"), "Finished after 2 epochs in each of 2 runs.");
    const text = await verdict(page, "Over 2 runs of 2 epochs");
    assert.match(text, /95 % interval/);
    await page.until("the read-out of both runs", () => /\d ± \d/.test(document.querySelector("#readout tbody")?.textContent));
    assert.match(await page.text("#chart-note"), /means of 2 runs, shades are ± one standard deviation, faint lines are single runs/);
    assert.match(await readout(page), /mean of the runs$/);
    assert.equal(await page.text("#history caption"), "Run 2, seed 4.");

    const rows = await page.run(() => [...document.querySelectorAll("#differences tbody tr")]
      .map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.equal(rows.length, 4, "two metrics, at the last and at the best epoch");
    for (const [what, mean, interval, wins] of rows) {
      assert.match(what, /^custom − densevalidation (loss|accuracy), (last|own best) epoch$/);
      const [low, high] = interval.split(" to ").map((number) => Number(number.replace("−", "-")));
      const middle = Number(mean.replace("−", "-"));
      assert.ok(low <= middle && middle <= high, interval);
      assert.match(wins, /^[012] of 2/);
    }
    await page.until("test scores of both runs", () =>
      /0\.\d+ ± 0\.\d+/.test(document.querySelector("#test-scores tr[data-model=dense]")?.textContent));
    const accents = await pixels(page, LOSS, Object.values(ACCENTS.light));
    assert.ok(accents.every((count) => count > 50), `${accents}`);
  });

  test("adds the control network with one switch", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=2");
    assert.doesNotMatch(await page.text("main"), /Control network\s*Not trained/);
    await page.run(() => document.querySelector("#settings").setAttribute("open", ""));
    await (await page.control("Control network", "#settings-form input")).click();
    await page.until("the hash", () => location.hash.endsWith("&control=1"));
    await page.click("Train");
    await page.reach("finished");
    await page.epochs(2, ["custom", "dense", "control"]);
    assert.match(await verdict(page, "The cubic layer itself"), /control network/);
    assert.equal(await page.run(() => document.querySelectorAll("#differences tbody tr").length), 12);
    assert.ok(await (await page.control("control", "#curves input")).isSelected());
    assert.match(await page.text("#test-scores tr[data-model=control]"), /0\.\d+/);
  });

  test("goes on with one model when the other diverges", async () => {
    const page = bench.small;
    await page.open("epochs=3&lr=10");
    await page.click("Train");
    await page.reach("finished");
    assert.equal(await page.text("#status"), "Finished after 3 epochs. Diverged: custom.");
    const text = await verdict(page, "The custom network diverged in epoch 1");
    assert.match(text, /A smaller learning rate may help: try/);
    const history = await page.history();
    assert.equal(history.length, 3);
    assert.equal(history[0].custom.loss, "NaN");
    assert.ok(history.slice(1).every((epoch) => !epoch.custom && Number.isFinite(Number(epoch.dense.loss))));
    assert.match(await page.text("#progress-text"), /^Epoch 3 of 3/);
    const inside = await page.until("the look inside after this run", () =>
      /Custom network: Diverged in epoch 1 of 3\./.test(document.querySelector(".mistakes").textContent) &&
      document.querySelector(".mistakes").textContent);
    assert.doesNotMatch(inside, /NaN/);
    assert.ok(!(await page.run(() => document.querySelector(".scroll.custom"))), "it has no matrix");
  });
});
