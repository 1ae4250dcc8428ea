// Trainings that something comes between: workers that end, a hidden tab, impatient hands.

import assert from "node:assert/strict";

import { DIGITS, draw, ink } from "./harness/pointer.js";
import { ending, killWorkers, throwing, trapping, watchWorkers, WORKER } from "./harness/sabotage.js";
import { inEachBrowser, test } from "./harness/suite.js";

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

/** What stops in the networks' layers. */
const LAYERS = { custom: "cubic", dense: "relu100,relu50" };
/** The browser's words for a worker that throws, and for what the service worker does not take. */
const SABOTAGE = /sabotage|[Ii]ntegrity|bad-precaching|Failed to (load|fetch)/;

/**
 * Presses a button by its name as soon as it can be pressed: from within, before anything else happens.
 * @param {Page} page
 * @param {string} name
 */
const pressWhenItCan = (page, name) => page.until(`${name} to press`, (wanted) => {
  const button = [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === wanted && !one.disabled);
  button?.click();
  return button !== undefined;
}, name);

/**
 * Trains, and presses a button as soon as the training has begun: all from within, as it may be over before a driver's
 * next command comes.
 * @param {import("./harness/page.js").Page} page
 * @param {string} name
 */
async function trainAndPress(page, name) {
  await page.until(`${name}, pressed`, (train, wanted) => {
    if (!globalThis.hasPressedTrain) train.click();
    globalThis.hasPressedTrain = true;
    const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === wanted);
    const hasBegun = /^Training on|% done/.test(document.querySelector("#status").textContent);
    if (!hasBegun || !button || button.disabled) return false;
    button.click();
    return true;
  }, await page.control("Train"), name);
}

inEachBrowser("A lost worker", (bench) => {
  /** The history of a training that nothing disturbs. @type {object[]} */
  let undisturbed = [];

  test("is none here", async () => {
    const { small: page } = bench;
    await page.openNew(MANY);
    await page.click("Train");
    await page.reach("finished");
    undisturbed = await page.history();
    await expectWhole(page, EPOCHS);
  });

  for (const [what, sabotage] of /** @type {[string, (text: string) => string][]} */ ([
    ["traps", trapping()],
    ["throws", throwing()],
    ["is silent", ending()],
  ])) {
    test(`${what}: another runs its job on, to the same numbers`, async () => {
      bench.tolerated = SABOTAGE;
      const { small: page, smallServer: server } = bench;
      server.spoil(WORKER, sabotage, 1);
      server.requests.length = 0;
      await page.openNew(MANY);
      await page.click("Train");
      await page.reach("finished", "failed");
      assert.match(await page.text("#status"), new RegExp(`^Finished after ${EPOCHS}.epochs\\.`));
      assert.deepEqual(await page.history(), undisturbed);
    });
  }

  test("ten times, each at a random moment: not a bit of the history changes", async () => {
    const { small: page, browser } = bench;
    const end = await watchWorkers(browser);
    const hash = "epochs=400&seed=3";
    await page.openNew(hash);
    await page.click("Train");
    await page.reach("finished");
    const wanted = await page.history();
    assert.equal(wanted.length, 400);
    await page.open(hash);
    await page.click("Train");
    const moments = await killWorkers(page, 10, 1);
    assert.equal(moments.length, 10, `workers were ended when they had trained ${moments} epochs`);
    await page.reach("finished", "failed");
    assert.match(await page.text("#status"), /^Finished after 400.epochs\./);
    const found = await page.history();
    for (const [epoch, models] of wanted.entries()) assert.deepEqual(found[epoch], models, `epoch ${epoch + 1}, ended at ${moments}`);
    assert.equal(found.length, wanted.length);
    await end();
  });

  test("hears of its jobs and no more, and of each image once", async () => {
    const { small: page, browser } = bench;
    const end = await watchWorkers(browser);
    await page.openNew("epochs=5&runs=3");
    await page.click("Train");
    await page.reach("finished");
    await page.until("the test scores", () => {
      const scores = [...document.querySelectorAll("#test-scores [data-metric=test_loss]")];
      return scores.length === 2 && scores.every(({ textContent }) => /\d/.test(textContent));
    });
    const workers = await page.run(() => globalThis.watchedWorkers.map(({ requests }) => requests));
    assert.ok(workers.length > 0);
    for (const requests of workers) {
      const types = new Set(requests.map(({ type }) => type));
      for (const type of types) assert.ok(["open", "images", "begin", "resume"].includes(type), type);
      const images = requests.filter(({ type }) => type === "images").map(({ part, digit }) => `${part} ${digit}`);
      assert.deepEqual(images, [...new Set(images)]);
    }
    await end();
  });

  /**
   * Trains until no worker can take a network any further.
   * @param {keyof typeof LAYERS} model
   * @param {string} hash
   * @param {(layers: string) => (text: string) => string} [sabotage]
   */
  async function lose(model, hash, sabotage = trapping) {
    bench.tolerated = SABOTAGE;
    const { small: page, smallServer: server } = bench;
    server.spoil(WORKER, sabotage(LAYERS[model]));
    await page.openNew(hash);
    await page.click("Train");
    await page.reach("failed");
    server.mend();
    return page;
  }

  for (const [what, model, sabotage, reason] of /** @type {[string, "custom" | "dense", typeof trapping, string][]} */ ([
    ["traps", "custom", trapping, "unreachable executed"],
    ["throws", "dense", throwing, ".*sabotage.*"],
  ])) {
    test(`${what} time and again: the page says so, and one click goes on`, async () => {
      const page = await lose(model, MANY, sabotage);
      assert.match(await page.text("#status"), new RegExp(`^The training of the ${model} network cannot go on\\. A worker has stopped 3 times at the same place: ${reason}\\.`));
      const before = await page.settledHistory();
      assert.ok(before.length > 0, "the training was under way");
      await page.click("Go on");
      await page.reach("finished");
      assert.match(await page.text("#status"), new RegExp(`^Finished after ${EPOCHS}.epochs\\.`));
      const after = await page.history();
      for (const [index, models] of before.entries()) {
        for (const [name, values] of Object.entries(models)) assert.deepEqual(after[index][name], values);
      }
      assert.deepEqual(after, undisturbed);
    });
  }

  test("stays lost while settings are changed, and its training goes on then", async () => {
    const page = await lose("custom", `${MANY}&control=1`);
    await page.run((epochs) => (location.hash = `epochs=${epochs + 1}&control=1`), EPOCHS);
    await page.until("the settings", (epochs) => document.querySelector("#settings-summary")?.textContent?.includes(`epochs ${epochs + 1}`), EPOCHS);
    assert.equal(await page.state(), "failed");
    await page.click("Go on");
    await page.reach("finished");
    const rows = await page.history();
    assert.equal(rows.length, EPOCHS);
    for (const models of rows) assert.deepEqual(Object.keys(models).sort(), ["control", "custom", "dense"]);
  });

  test("can be done without: Stop keeps what was", async () => {
    const page = await lose("custom", "epochs=1000");
    const { length } = (await page.settledHistory()).filter(({ custom }) => custom);
    assert.deepEqual(await page.pressable(), ["Stop", "Reset"]);
    await page.click("Stop");
    await page.reach("finished");
    assert.match(await page.text("#status"), new RegExp(`^Stopped after ${length}.epochs?\\.`));
    await expectWhole(page, length);
    assert.equal(await page.run(() => document.querySelector("#way-on")?.checkVisibility() ?? false), false);
  });

  test("can be stopped while it is begun again", async () => {
    const page = await lose("custom", "epochs=1000");
    await pressWhenItCan(page, "Go on");
    await pressWhenItCan(page, "Stop");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Stopped/);
    const { length } = await page.history();
    assert.ok(length < 1000, `${length} epochs`);
    await expectWhole(page, length);
  });

  test("can be paused while it is begun again", async () => {
    const page = await lose("custom", MANY);
    await pressWhenItCan(page, "Go on");
    await pressWhenItCan(page, "Pause");
    await page.reach("paused");
    await page.settledHistory(1000);
    assert.equal(await page.state(), "paused");
    await page.click("Resume");
    await page.reach("finished");
    assert.deepEqual(await page.history(), undisturbed);
  });
});

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
    let [before, after] = [0, 0];
    // A busy machine takes longer.
    for (let seconds = 2.5; after <= before + 5 && seconds < 60; seconds *= 2) {
      before = await rows(page);
      const tab = await driver.getWindowHandle();
      await driver.switchTo().newWindow("tab");
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      await driver.close();
      await driver.switchTo().window(tab);
      after = await rows(page);
    }
    assert.ok(await page.run(() => "wasHidden" in document.body.dataset), "the tab was hidden");
    assert.ok(after > before + 5, `${before} epochs before, ${after} after`);
    await page.click("Stop");
    await page.reach("finished");
    // Stop cuts both at the same epoch.
    await expectWhole(page, (await page.history()).length);
  });

  test("is one, however often Train is pressed", async () => {
    const { small: page } = bench;
    await page.open(MANY);
    const button = await page.control("Train");
    await page.run((train) => {
      for (let time = 0; time < 5; time++) train.click();
    }, button);
    await page.reach("finished");
    // The second press of two does not pause what the first began.
    await page.click("Reset");
    await page.reach("ready");
    await page.driver.actions().doubleClick(await page.control("Train")).perform();
    await page.reach("finished");
    assert.match(await page.text("#status"), new RegExp(`^Finished after ${EPOCHS}.epochs\\.`));
    await expectWhole(page, EPOCHS);
  });

  test("keeps its settings when others are chosen", async () => {
    const { small: page } = bench;
    const epochs = 150;
    await page.open(`epochs=${epochs}&batch=8`);
    await trainAndPress(page, "Pause");
    await page.reach("paused");
    await page.run(() => (location.hash = "epochs=3&batch=64&digits=1,3"));
    await page.until("the note", () => /other settings/.test(document.querySelector("#settings-note")?.textContent ?? ""));
    await page.click("Resume");
    await page.reach("finished");
    assert.match(await page.text("#status"), new RegExp(`^Finished after ${epochs}.epochs\\.`));
    await expectWhole(page, epochs);
    await page.click("Train");
    await page.until("the next training", () => /after 3.epochs/.test(document.querySelector("#status")?.textContent ?? ""));
    await expectWhole(page, 3);
    assert.equal(await hash(page), "#digits=1,3&epochs=3&batch=64&lr=0.01&seed=1&runs=1");
  });

  test("can be stopped in its first epoch", async () => {
    const { page } = bench; // all images in small batches, so that an epoch takes a while
    await page.openNew("epochs=5&batch=8");
    await trainAndPress(page, "Stop");
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
      const reset = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === "Reset");
      pad?.addEventListener("pointerdown", () => pad.addEventListener("pointermove", () => reset?.click(), { once: true }), { once: true });
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

  test("asks before it is left while it is under way, and at no other time", async () => {
    const { small: page } = bench;
    const asks = () => page.run(() => {
      const event = new Event("beforeunload", { cancelable: true });
      return !dispatchEvent(event);
    });
    await page.open("epochs=1000");
    assert.equal(await asks(), false, "nothing to lose");
    await page.click("Train");
    assert.equal(await asks(), true, "it is under way");
    await page.click("Pause");
    await page.reach("paused");
    assert.equal(await asks(), true, "it rests, and would be lost");
    await page.click("Stop");
    await page.reach("finished");
    assert.equal(await asks(), false, "it has ended");
  });

  test("of a network that is not chosen any more keeps its weights until the next", async () => {
    const { small: page } = bench;
    await page.open("epochs=1&control=1");
    await draw(page, DIGITS[2]);
    await page.click("Train");
    await page.reach("finished");
    // The replay may be behind.
    const answer = await page.until("the last answer", () =>
      /After epoch 1\./.test(document.querySelector(".answer[data-model=control]")?.textContent ?? "") &&
      document.querySelector("#control-prediction")?.textContent);
    await page.run(() => (location.hash = "epochs=1"));
    await page.until("the settings", () => document.querySelector("#set-control")?.checked === false);
    assert.equal(await page.text("#control-prediction"), answer);
    await page.run(() => (location.hash = "epochs=1&control=1"));
    await page.until("the settings", () => document.querySelector("#set-control")?.checked);
    assert.equal(await page.text("#control-prediction"), answer);
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
});
