// One batch at a time: by Step, and in slow motion.

import assert from "node:assert/strict";

import { inEachBrowser, test } from "./harness/suite.js";

/** The number of the batch that the page says it has just taken. */
const batch = () => Number(/batch (\d+) of/.exec(document.querySelector("#progress-text")?.textContent ?? "")?.[1]);

/** @param {import("./harness/page.js").Page} page @param {number} number */
const reachBatch = (page, number) =>
  page.until(`batch ${number}`, (/** @type {number} */ wanted) =>
    Number(/batch (\d+) of/.exec(document.querySelector("#progress-text")?.textContent ?? "")?.[1]) >= wanted, number);

inEachBrowser("Steps", (bench) => {
  test("take one batch after another, show it, and change no bit of what follows", async () => {
    const { small: page } = bench;
    await page.openNew("epochs=3");
    await page.click("Train");
    await page.reach("finished");
    const through = await page.history();
    await page.click("Reset");
    const answers = new Set();
    for (let number = 1; number <= 3; number++) {
      await page.click("Step");
      await page.until("its weights", (images) => document.querySelector("#shown").textContent.replaceAll("\u00a0", " ").includes(`after ${images} images`), 32 * number);
      await page.reach("paused");
      assert.equal(await page.run(batch), number, "one at a time");
      answers.add(await page.text(".answer .bars"));
    }
    assert.ok(answers.size > 1, "the weights change");
    const shown = await page.run(() => document.querySelector("canvas.batch")?.getAttribute("aria-label") ?? "");
    assert.equal(shown.match(/\b\d\b/g)?.length, 32, shown);
    await page.click("Resume");
    await page.reach("finished");
    assert.deepEqual(await page.history(), through);
  });

  test("follow one another in slow motion, until they are to go on at full pace", async () => {
    const { small: page } = bench;
    await page.openNew("epochs=3");
    await page.click("Train");
    await page.reach("finished");
    const through = await page.history();
    await page.click("Reset");
    const slow = await page.control("Slow motion", "input");
    await slow.click();
    await page.click("Train");
    await reachBatch(page, 3);
    assert.equal(await page.state(), "training");
    await page.click("Pause");
    await page.click("Resume");
    await reachBatch(page, 4);
    await slow.click();
    await page.reach("finished");
    assert.deepEqual(await page.history(), through);
  });

  test("begin at the last moment that all networks have", async () => {
    const { page } = bench;
    await page.openNew("epochs=3");
    await page.click("Train");
    await page.reach("finished");
    const through = await page.history();
    await page.click("Reset");
    await page.click("Train");
    // From within, as it may be over before a driver's next command comes.
    await page.until("an epoch of both, and Pause pressed", () => {
      const pause = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === "Pause");
      const ended = document.querySelectorAll('tr[data-epoch="1"] td[data-metric=val_loss][data-value]');
      if (ended.length < 2 || !pause || pause.disabled) return false;
      pause.click();
      return true;
    });
    await page.reach("paused");
    await page.click("Step");
    await page.until("a batch", () => /batch \d+ of/.test(document.querySelector("#progress-text")?.textContent ?? ""));
    await page.click("Resume");
    await page.reach("finished");
    assert.deepEqual(await page.history(), through);
  });
});
