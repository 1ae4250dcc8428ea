// Trainings that something comes between: workers that end, a hidden tab, impatient hands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DIGITS, draw, ink } from "./harness/pointer.js";
import { ending, throwing, trapping } from "./harness/sabotage.js";
import { inEachBrowser } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

/** Enough to be in the middle for a while, on a quick machine too. */
const EPOCHS = 80;
const MANY = `epochs=${EPOCHS}`;

/**
 * Each row has every model's numbers, and rows follow each other.
 * @param {Page} page
 * @param {number} epochs
 */
async function expectWhole(page, epochs) {
  const numbers = await page.run(() =>
    [...document.querySelectorAll("table#history tr[data-epoch]")].map((row) => Number(row.getAttribute("data-epoch"))));
  assert.deepEqual(numbers, Array.from({ length: epochs }, (_, index) => index + 1));
  for (const models of await page.history()) {
    assert.deepEqual(Object.keys(models).sort(), ["custom", "dense"]);
    for (const values of Object.values(models)) assert.equal(Object.values(values).filter(Boolean).length, 4);
  }
}

inEachBrowser("A lost worker", (bench) => {
  for (const [what, sabotage, sentence] of /** @type {[string, (text: string) => string, RegExp][]} */ ([
    ["traps", trapping("custom"), /^The custom network’s worker has stopped: unreachable executed\. .*a click/],
    ["throws", throwing("dense"), /^The dense network’s worker has stopped: .*sabotage.*\. .*a click/],
    ["is silent", ending("dense"), /^The dense network’s worker has stopped: it does not answer any more\. .*a click/],
  ])) {
    test(`${what}, and one click goes on`, async () => {
      bench.tolerated = /sabotage|is not the one of this build/; // the latter is the service worker's
      const { small: page, smallServer: server } = bench;
      server.spoil(/mnist_cubic\.js$/, sabotage);
      await page.openNew(MANY);
      await page.click("Train");
      await page.reach("failed");
      assert.match(await page.text("#status"), sentence);
      const before = await page.history();
      assert.ok(before.length > 0, "the training was under way");

      server.mend();
      await page.click("Go on");
      await page.reach("training", "finished");
      const expectAll = async () => {
        const now = await page.history();
        for (const [index, models] of before.entries()) {
          for (const [model, values] of Object.entries(models)) assert.deepEqual(now[index][model], values);
        }
      };
      await expectAll();
      await page.reach("finished");
      assert.match(await page.text("#status"), new RegExp(`^Finished after ${EPOCHS} epochs\\.`));
      await expectWhole(page, EPOCHS);
      await expectAll();
    });
  }

  /**
   * Trains until the model is lost.
   * @param {string} model
   * @param {string} hash
   */
  async function lose(model, hash) {
    bench.tolerated = /sabotage|is not the one of this build/;
    const { small: page, smallServer: server } = bench;
    server.spoil(/mnist_cubic\.js$/, trapping(model));
    await page.openNew(hash);
    await page.click("Train");
    await page.reach("failed");
    server.mend();
    return page;
  }

  /**
   * Presses buttons one right after another, before anything else can happen.
   * @param {Page} page
   * @param {string[]} selectors
   */
  const press = (page, selectors) => page.run((all) => {
    for (const selector of all) /** @type {HTMLButtonElement} */ (document.querySelector(selector)).click();
  }, selectors);

  test("stays lost while settings are changed, and goes on then", async () => {
    const page = await lose("control", `${MANY}&control=1`);
    await page.run((epochs) => (location.hash = `epochs=${epochs + 1}&control=1`), EPOCHS);
    await page.until("the settings", (epochs) => document.querySelector("#settings-summary")?.textContent?.includes(`${epochs + 1} epochs`), EPOCHS);
    assert.equal(await page.state(), "failed");
    await page.click("Go on");
    await page.reach("finished");
    const rows = await page.history();
    assert.equal(rows.length, EPOCHS);
    for (const models of rows) assert.deepEqual(Object.keys(models).sort(), ["control", "custom", "dense"]);
  });

  test("can be stopped without, and the words follow", async () => {
    const page = await lose("custom", "epochs=1000");
    assert.match(await page.text("#status"), /The others train on, and .* starts it again and goes on with the training\.$/);
    await page.click("Stop");
    await page.until("the end of the others", () =>
      /What is shown stays; a click starts it again\.$/.test(document.querySelector("#status")?.textContent ?? ""));
    await page.click("Go on");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped/);
  });

  test("can be stopped while it is started again", async () => {
    const page = await lose("custom", "epochs=1000");
    await press(page, ["#way-on button", "#stop"]);
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped/);
    const { length } = await page.history();
    assert.ok(length < 1000, `${length} epochs`);
  });

  test("can be paused while it is started again", async () => {
    const page = await lose("custom", MANY);
    await press(page, ["#way-on button", "#pause"]);
    await page.reach("paused");
    await page.until("the lost one's run", () => /In epoch \d+ of/.test(document.querySelector(".answer.custom")?.textContent ?? ""));
    assert.equal(await page.state(), "paused");
    await page.click("Resume");
    await page.reach("finished");
    await expectWhole(page, EPOCHS);
  });
}, { together: true });

inEachBrowser("A training", (bench) => {
  const rows = (/** @type {Page} */ page) => page.run(() => document.querySelectorAll("#history tr[data-epoch]").length);
  const hash = (/** @type {Page} */ page) => page.run(() => location.hash);

  test("goes on while its tab is hidden", async () => {
    const { small: page, browser: { driver } } = bench;
    await page.openNew("epochs=1000");
    await page.run(() => addEventListener("visibilitychange", () => {
      if (document.hidden) document.body.dataset.wasHidden = "";
    }));
    await page.click("Train");
    await page.epochs(1);
    const before = await rows(page);
    const tab = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    await new Promise((resolve) => setTimeout(resolve, 2500));
    await driver.close();
    await driver.switchTo().window(tab);
    const after = await rows(page);
    assert.ok(await page.run(() => "wasHidden" in document.body.dataset), "the tab was hidden");
    assert.ok(after > before + 5, `${before} epochs before, ${after} after`);
    await page.click("Stop");
    await page.reach("finished");
    const history = await page.history();
    const both = history.filter((epoch) => epoch.custom && epoch.dense);
    assert.deepEqual(history.slice(0, both.length), both, "no epoch is missing");
  });

  test("is one, however often Train is pressed", async () => {
    const { small: page } = bench;
    await page.open(MANY);
    const button = await page.control("Train");
    await page.run((train) => {
      for (let time = 0; time < 5; time++) train.click();
    }, button);
    for (let time = 0; time < 5; time++) await button.click().catch(() => {}); // it may have gone by now
    await page.reach("finished");
    assert.match(await page.text("#status"), new RegExp(`^Finished after ${EPOCHS} epochs\\.`));
    await expectWhole(page, EPOCHS);
  });

  test("keeps its settings when others are chosen", async () => {
    const { small: page } = bench;
    await page.open(MANY);
    await page.click("Train");
    await page.epochs(2);
    await page.click("Pause");
    await page.run(() => (location.hash = "epochs=3&batch=64&digits=1,3"));
    await page.until("the note", () => document.querySelector("#settings-note")?.checkVisibility());
    await page.click("Resume");
    await page.reach("finished");
    assert.match(await page.text("#status"), new RegExp(`^Finished after ${EPOCHS} epochs\\.`));
    await expectWhole(page, EPOCHS);
    await page.click("Train");
    await page.until("the next training", () => /after 3 epochs/.test(document.querySelector("#status")?.textContent ?? ""));
    await expectWhole(page, 3);
    assert.equal(await hash(page), "#digits=1,3&epochs=3&batch=64&lr=0.01&seed=1&runs=1");
  });

  test("can be stopped in its first epoch", async () => {
    const { page } = bench; // all images in small batches, so that an epoch takes a while
    await page.openNew("epochs=5&batch=8");
    await page.click("Train");
    // From within, as an epoch may be over before a driver's click comes.
    await page.until("its beginning", () => {
      const begun = /^Training on/.test(document.querySelector("#status")?.textContent ?? "");
      if (begun) /** @type {HTMLButtonElement} */ (document.querySelector("#stop")).click();
      return begun;
    });
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped/);
    assert.deepEqual(await page.history(), []);
    assert.deepEqual(await page.pressable(), ["Train", "Reset"]);
    await page.click("Train");
    await page.reach("training");
    await page.epochs(1);
    await page.click("Reset");
    await page.reach("ready");
  });

  test("can be reset in the middle of a stroke", async () => {
    const { small: page } = bench;
    await page.open(MANY);
    await page.click("Train");
    await page.epochs(1);
    await page.run(() => {
      const pad = document.querySelector('canvas[aria-label="Drawing pad"]');
      const reset = /** @type {HTMLButtonElement} */ (document.querySelector("#reset"));
      pad?.addEventListener("pointerdown", () => pad.addEventListener("pointermove", () => reset.click(), { once: true }), { once: true });
    });
    await draw(page, DIGITS[2]);
    await page.reach("ready");
    assert.deepEqual(await page.history(), []);
    assert.ok((await ink(page)) > 500, "the drawing stays");
    await page.click("Train");
    await page.reach("finished");
    await page.until("an answer", () => document.querySelector("#custom-prediction")?.textContent);
    await expectWhole(page, EPOCHS);
  });

  test("ends with its page, which comes back with its settings", async () => {
    const { small: page, browser: { driver } } = bench;
    await page.open("epochs=1000&seed=7");
    await page.click("Train");
    await page.epochs(1);
    const old = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    const tab = await driver.getWindowHandle();
    await driver.switchTo().window(old);
    await driver.close();
    await driver.switchTo().window(tab);
    await page.open();
    assert.equal(await hash(page), "#digits=0,2,5&epochs=1000&batch=32&lr=0.01&seed=7&runs=1");
    assert.match(await page.text("#status"), /^Ready/);
    assert.deepEqual(await page.history(), []);
  });
}, { together: true });
