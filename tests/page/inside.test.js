// The look inside, as far as it is there: a test image as it is, doubt beside what cannot answer, and going back in time.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { DIGITS, PAD, draw } from "./harness/pointer.js";
import { readManifest } from "./harness/small.js";
import { SITE, inEachBrowser, noMnist, test } from "./harness/suite.js";

/**
 * One of the images of a digit in the site's test set, in the file's order.
 * @param {number} digit
 * @param {number} index
 */
function testImage(digit, index) {
  const { file } = readManifest(SITE).digits[digit].test.images;
  const pixels = gunzipSync(readFileSync(join(SITE, "data", file)));
  return [...pixels.subarray(16 + 784 * index, 16 + 784 * (index + 1))];
}

/** A star: like no digit. */
const STAR = Array.from({ length: 5 }, (_, ray) => {
  const angle = (ray * 72 * Math.PI) / 180;
  return /** @type {[number, number][]} */ ([[0.5, 0.5], [0.5 + 0.38 * Math.sin(angle), 0.5 - 0.38 * Math.cos(angle)]]);
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

inEachBrowser("Look inside", (bench) => {
  test("a test image that is chosen before it is there comes when it is", async () => {
    const { small: page, smallServer: server } = bench;
    server.spoil(/test-2-images/, "slow");
    await page.openNew();
    await (await page.control("Test digit", "select")).sendKeys("2");
    // Only what the visitor has put on the pad can be undone.
    const canUndo = () => [...document.querySelectorAll("button")].some((button) => button.textContent.trim() === "Undo" && !button.disabled);
    assert.equal(await page.run(canUndo), false);
    server.mend();
    await page.until("the digit", canUndo);
  });

  test("a test image is received as it is", async () => {
    const page = bench.small;
    await page.openNew();
    await page.until("the images", () => [...document.querySelectorAll("button")]
      .some((button) => button.textContent.trim() === "Next image" && !button.disabled));
    await (await page.control("Test digit", "select")).sendKeys("2");
    for (let index = 0; index < 3; index++) {
      if (index > 0) await page.click("Next image");
      await page.until("the answers", () => /^(A|✗ It’s a)\s2[:.]/.test(document.querySelector(".pad-words").textContent));
      const alphas = (selector) => page.run((css) => new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => {
          const canvas = document.querySelector(css);
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          resolve(Array.from({ length: 784 }, (_, at) => {
            const [x, y] = [at % 28, Math.floor(at / 28)].map((place) => Math.floor(((place + 0.5) * width) / 28));
            return data[4 * (y * width + x) + 3];
          }));
        }));
      }), selector);
      const bytes = testImage(2, index);
      for (const canvas of [PAD, ".received canvas"]) {
        const shown = await alphas(canvas);
        assert.deepEqual(shown.filter((value, at) => Math.abs(value - bytes[at]) > 1), [], `image ${index + 1} on ${canvas}`);
      }
    }
    await page.click("Clear");
  });

  test("a network that has learned nothing yet takes no doubt away", { skip: noMnist }, async () => {
    const { page } = bench;
    await page.openNew();
    const doubt = () => document.querySelector(".pad-doubt .tag")?.checkVisibility({ visibilityProperty: true });
    await draw(page, STAR);
    await page.until("the doubt", doubt);
    const words = await page.text(".pad-words");
    assert.match(words, /^Neither network has seen anything like this/);
    await page.run(() => (location.hash = "control=1"));
    await page.until("the control network", () => document.querySelector(".answer[data-model=control]"));
    assert.match(await page.text(".answer[data-model=control]"), /Nothing learned yet/);
    assert.equal(await page.run(doubt), true);
    assert.equal(await page.text(".pad-words"), words);
    assert.equal(await page.text("#control-prediction"), "");
    await page.click("Clear");
  });

  test("the whole page goes back to an epoch, and comes back to now", async () => {
    const page = bench.small;
    await page.open("epochs=6&seed=5");
    await draw(page, DIGITS[2]);
    await page.click("Train");
    await page.reach("finished");
    const shows = (/** @type {number} */ epoch) => page.until(`epoch ${epoch}`, (wanted) =>
      [...document.querySelectorAll(".answer")].every(({ textContent }) => textContent.includes(`After epoch ${wanted}.`)), epoch);
    await shows(6);
    const last = await page.answers();
    const slider = await page.control("Epoch to read in the chart of loss", "[role=slider]");
    await page.run((element) => element.focus(), slider);
    await press(page, slider, "home", "enter");
    await shows(1);
    assert.notDeepEqual(await page.answers(), last);
    await slider.sendKeys(page.key("escape"));
    await shows(6);
    assert.deepEqual(await page.answers(), last);
    await press(page, slider, "home", "arrow_right", "enter");
    await shows(2);
    await page.click("Back to now");
    await shows(6);
    assert.deepEqual(await page.answers(), last);
  });
});
