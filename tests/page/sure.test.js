// Equally often wrong, not equally sure: the strip, the matrices, the gallery, and what they say together.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { noPointer } from "./harness/browsers.js";
import { PAD, perform, strokeActions } from "./harness/pointer.js";
import { SMALL, readManifest } from "./harness/small.js";
import { SITE, inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const DIGITS = [0, 2, 5];
/** Of a few images of three digits the last fifth validates. */
const VALIDATION = (DIGITS.length * SMALL.train) / 5;

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

/**
 * Presses keys one after another, each in a turn of its own: Firefox's driver sends several in one.
 * @param {Page} page
 * @param {...string} names
 */
async function press(page, ...names) {
  for (const name of names) await (await page.driver.switchTo().activeElement()).sendKeys(page.key(name));
}

/** What the part is about. @param {Page} page @param {string} pattern */
const about = (page, pattern) => page.until(`“${pattern}”`, (wanted) =>
  new RegExp(wanted).test(document.querySelector(".sure-when").textContent.replaceAll("\u00a0", " ")), pattern);

const TESTED = "^120 test digits, ";

/** Opens the page, and waits until the networks that came with it are tried. @param {Page} page */
async function openTried(page, hash = "") {
  await page.openNew(hash);
  await about(page, "^120 test digits; networks trained before your visit\\.$");
}

/** Trains until the end, and waits until that is tried. @param {Page} page */
async function train(page) {
  await page.click("Train");
  await page.reach("finished");
  await about(page, `${TESTED}after`);
}

/** Unfolds the matrices. @param {Page} page */
const unfold = async (page) => {
  await page.run(() => (document.querySelector("#matrices").open = true));
  await page.until("the matrices", () => document.querySelector(".matrix, .no-matrix"));
};

/** Each network's matrix, a row a digit, and its rates. @param {Page} page */
const matrices = (page) => page.run(() => Object.fromEntries([...document.querySelectorAll(".matrix")].map((matrix) => {
  const rows = [...matrix.querySelectorAll("tbody tr")];
  return [matrix.dataset.model, {
    counts: rows.map((row) => [...row.querySelectorAll(".cell")].map(({ dataset }) => Number(dataset.count))),
    rates: rows.map((row) => row.querySelector(".rate").textContent),
    caption: matrix.querySelector(".matrix-caption").textContent,
  }];
})));

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);
/** @param {number[][]} counts */
const wrongIn = (counts) => sum(counts.flatMap((row, truth) => row.filter((_, answer) => answer !== truth)));

/** Every image of the set is counted once, and the rates are those of the counts. */
function expectWhole(found, images) {
  assert.deepEqual(Object.keys(found).sort(), ["custom", "dense"]);
  for (const { counts, rates, caption } of Object.values(found)) {
    assert.equal(sum(counts.flat()), images);
    counts.forEach((row, truth) => assert.equal(rates[truth], `${((100 * row[truth]) / sum(row)).toFixed(1)}\u00a0%`));
    assert.match(caption, new RegExp(`: ${wrongIn(counts)} of ${images} wrong`));
  }
}

/**
 * The gallery's pictures: what their labels say, and each network's answer with its mark.
 * @param {Page} page
 */
const gallery = (page) => page.run(() => ({
  title: document.querySelector("#gallery h3").textContent.replaceAll("\u00a0", " "),
  count: Number(document.querySelector("#gallery").dataset.count),
  pictures: [...document.querySelectorAll("#gallery [role=option]")].map((picture) => ({
    digit: Number(picture.dataset.digit),
    index: Number(picture.dataset.index),
    answers: Object.fromEntries([...picture.querySelectorAll(".gallery-answer")].map((answer) =>
      [answer.dataset.model, { digit: Number.parseInt(answer.textContent.trim(), 10), isMarked: answer.textContent.includes("✗") }])),
  })),
}));

/** All of the gallery, twelve by twelve. @param {Page} page */
async function wholeGallery(page) {
  const { count, pictures } = await gallery(page);
  const all = [...pictures];
  while (all.length < count) {
    await page.click("Next 12");
    const { pictures: next } = await gallery(page);
    assert.ok(next.length > 0 && next.length <= 12);
    all.push(...next);
  }
  assert.equal(all.length, count);
  return all;
}

/** Waits until the pad shows this image, pixel by pixel, and tells what is answered. @param {Page} page */
async function padShows(page, { digit, index }) {
  const bytes = testImage(digit, index);
  await page.until(`image ${index} of ${digit} on the pad`, (selector, expected) => {
    const canvas = document.querySelector(selector);
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    return expected.every((value, at) => {
      const [x, y] = [at % 28, Math.floor(at / 28)].map((place) => Math.floor(((place + 0.5) * width) / 28));
      return Math.abs(data[4 * (y * width + x) + 3] - value) <= 1;
    });
  }, PAD, bytes);
  const answers = await page.answers();
  return Object.fromEntries(Object.entries(answers).map(([name, text]) => [name, Number.parseInt(text, 10)]));
}

/** Presses an element's middle in the way of this pointer. @param {Page} page */
async function tap(page, kind, selector, at = 0.5) {
  const place = await page.run((css, across) => {
    const element = document.querySelector(css);
    element.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: Math.round(left + width * across), y: Math.round(top + height / 2) };
  }, selector, at);
  await perform(page, [{ kind, actions: strokeActions([place]) }]);
}

/** What is said of the digit that is pointed at. @param {Page} page */
const pointed = async (page) => (await page.text(".sure-pointed p span")).replaceAll("\u00a0", " ");

/** P of a binomial tail, twice: McNemar's exact test. */
function mcnemar(b, c) {
  const [least, all] = [Math.min(b, c), b + c];
  let [term, tail] = [0.5 ** all, 0];
  for (let k = 0; k <= least; k++) {
    tail += term;
    term *= (all - k) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

inEachBrowser("Sure", (bench) => {
  test("matrices count every test image once, before training and after a run, as the test scores do", async () => {
    const page = bench.small;
    await openTried(page, "epochs=2&seed=5");
    await unfold(page);
    const before = await matrices(page);
    expectWhole(before, DIGITS.length * SMALL.test);
    for (const { counts } of Object.values(before)) assert.deepEqual(counts.map(sum), DIGITS.map(() => SMALL.test));
    await train(page);
    await page.until("the test scores", () => [...document.querySelectorAll("#test-scores [data-metric=mistakes]")].every(({ textContent }) => /\d/.test(textContent)));
    const after = await matrices(page);
    expectWhole(after, DIGITS.length * SMALL.test);
    assert.notDeepEqual(after, before);
    for (const [name, { counts }] of Object.entries(after)) {
      assert.equal(await page.text(`#test-scores tr[data-model=${name}] [data-metric=mistakes]`), String(wrongIn(counts)));
    }
    assert.match(await page.text(".sure-when"), /after 2\sepochs\.$/);
  });

  test("all follow the playhead, of one of several runs too, and say when", async () => {
    const page = bench.small;
    await openTried(page, "epochs=5&seed=7&runs=2");
    await unfold(page);
    await train(page);
    assert.match(await page.text(".sure-when"), /after 5\sepochs of the run with seed 7\.$/);
    const slider = await page.control("Epoch to read in the chart of loss", "[role=slider]");
    await page.run((element) => element.focus(), slider);
    await press(page, "home", "arrow_right", "enter");
    await about(page, `^${VALIDATION} digits they never trained on, after 2 epochs of the run with seed 7\\.$`);
    const then = await matrices(page);
    expectWhole(then, VALIDATION);
    const rows = await page.history();
    for (const [name, { counts }] of Object.entries(then)) {
      const right = VALIDATION - wrongIn(counts);
      assert.ok(Math.abs(Number(rows[1][name].val_accuracy) - right / VALIDATION) < 1e-6, `${name} at epoch 2`);
    }
    await press(page, "escape");
    await about(page, `${TESTED}after 5 epochs`);
  });

  test("they follow Pause and Stop", async () => {
    const page = bench.small;
    await openTried(page, "epochs=1000");
    await unfold(page);
    await page.click("Train");
    await page.epochs(2);
    await page.click("Pause");
    await page.reach("paused");
    await about(page, `^${VALIDATION} digits they never trained on, after \\d+ epochs?\\.$`);
    expectWhole(await matrices(page), VALIDATION);
    await page.click("Stop");
    await page.reach("finished");
    await about(page, `${TESTED}after \\d+ epochs?\\.$`);
    const said = await page.text(".sure-when");
    const status = await page.until("the test scores", () => {
      const caption = document.querySelector("#test-scores caption").textContent;
      return /after \d/.test(caption) && caption;
    });
    assert.equal(/after (\d+)/.exec(said)?.[1], /after (\d+)/.exec(status)?.[1]);
    expectWhole(await matrices(page), DIGITS.length * SMALL.test);
  });

  test("a cell filters the gallery by mouse and by keys: its title and count are the cell's", async () => {
    const page = bench.small;
    await openTried(page, "epochs=1&seed=3");
    await unfold(page);
    await train(page);
    const { counts } = (await matrices(page)).custom;
    await tap(page, "mouse", ".matrix[data-model=custom] [data-digit='2'][data-answer='2']");
    const right = await gallery(page);
    assert.equal(right.count, counts[1][1]);
    assert.equal(right.title, `${counts[1][1]} twos that custom reads rightly`);
    for (const { digit, answers } of await wholeGallery(page)) {
      assert.equal(digit, 2);
      assert.deepEqual(answers.custom, { digit: 2, isMarked: false });
    }
    // By keys, to the right: those read as 5, and back. Where the keyboard comes in, it has been before.
    await page.run(() => document.querySelector(".matrix[data-model=custom] .cell[tabindex='0']").focus());
    await press(page, "arrow_right", "enter");
    const wrong = await gallery(page);
    assert.equal(wrong.count, counts[1][2]);
    assert.match(wrong.title, new RegExp(`^${counts[1][2]} twos? that custom reads as 5$`));
    for (const { digit, answers } of wrong.pictures) {
      assert.equal(digit, 2);
      assert.deepEqual(answers.custom, { digit: 5, isMarked: true });
    }
    assert.equal(await page.run(() => document.activeElement.getAttribute("aria-selected")), "true");
    await press(page, "space");
    assert.match((await gallery(page)).title, /^\d+ digits read wrongly, costliest first$/);
  });

  for (const kind of /** @type {const} */ (["mouse", "touch", "keys"])) {
    test(`a picture of the gallery is put on the pad by ${kind}, as it is, and is answered as the gallery says`, { skip: noPointer(bench.name, kind) }, async () => {
      const page = bench.small;
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(kind === "touch");
      await openTried(page, "epochs=1&seed=3");
      await train(page);
      const { pictures } = await gallery(page);
      assert.ok(pictures.length >= 2 && pictures.length <= 12, `${pictures.length} pictures`);
      for (const [place, picture] of pictures.slice(0, 3).entries()) {
        const options = "#gallery [role=option]";
        if (kind !== "keys") await tap(page, kind, `${options}:nth-child(${place + 1})`);
        else if (place === 0) {
          await page.run((css) => document.querySelector(css).focus(), `${options}[tabindex='0']`);
          await press(page, "enter");
        } else await press(page, "arrow_right", "space");
        const answers = await padShows(page, picture);
        for (const [name, { digit, isMarked }] of Object.entries(picture.answers)) {
          assert.equal(answers[name], digit, `${name}, picture ${place + 1}`);
          assert.equal(isMarked, digit !== picture.digit);
        }
        assert.equal(await page.run((css) => document.querySelectorAll(`${css}[aria-selected=true]`).length, options), 1);
      }
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(false);
    });
  }

  test("the gallery has all on which networks disagree or that all get wrong, and McNemar's test is of these", async () => {
    const page = bench.small;
    await openTried(page, "epochs=1&seed=3");
    await unfold(page);
    await train(page);
    const all = await wholeGallery(page);
    const isRight = (picture, name) => picture.answers[name].digit === picture.digit;
    for (const picture of all) {
      const isAgreed = picture.answers.custom.digit === picture.answers.dense.digit;
      assert.ok(!isAgreed || !isRight(picture, "custom"), `image ${picture.index} of ${picture.digit}`);
    }
    const found = await matrices(page);
    for (const name of ["custom", "dense"]) {
      assert.equal(all.filter((picture) => !isRight(picture, name)).length, wrongIn(found[name].counts), `${name} is wrong`);
    }
    const alone = (name, other) => all.filter((picture) => isRight(picture, name) && !isRight(picture, other)).length;
    const [b, c] = [alone("custom", "dense"), alone("dense", "custom")];
    const p = mcnemar(b, c);
    const said = (await page.text("#mcnemar")).replaceAll("\u00a0", " ");
    assert.match(said, new RegExp(`^Only custom reads ${b} test digits? rightly, only dense ${c}: `));
    const expected = p < 0.001 ? "p below 0.001" : `p = ${p.toFixed(p < 0.1 ? 3 : 2)}`;
    assert.ok(said.includes(expected), `“${said}”, expected ${expected}`);
    assert.equal(/more uneven than luck/.test(said), p <= 0.05);
  });

  test("keys walk through a network's digits from the costliest on, and put one on the pad", async () => {
    const page = bench.small;
    await openTried(page, "epochs=1&seed=3");
    await train(page);
    const row = await page.control("Digits by what they cost custom, costliest first", "[role=slider]");
    await page.run((element) => element.focus(), row);
    await press(page, "home");
    const costs = [];
    for (let rank = 1; rank <= 4; rank++) {
      assert.equal(await row.getAttribute("aria-valuenow"), String(rank));
      const said = await pointed(page);
      assert.equal((await row.getAttribute("aria-valuetext")).replaceAll("\u00a0", " "), said);
      await press(page, "enter");
      // The chance left for the truth as the stage has it.
      await page.until("the digit's answer", (digit) => {
        const words = document.querySelector(".pad-words").textContent.replaceAll("\u00a0", " ");
        return words.startsWith(`✗ It’s a ${digit}.`) || words.startsWith(`A ${digit}: `);
      }, /^A (\d)/.exec(said)[1]);
      const stage = (await page.text("#custom-prediction")).replaceAll("\u00a0", " ");
      const bars = await page.run(() => document.querySelector(".answer[data-model=custom]").textContent);
      assert.ok(stage.length > 0 && bars.length > 0);
      const wrong = /Custom reads a (\d) ✗ and left the truth ([^.]+(?:\.\d+)?[^.]*)\./.exec(said);
      if (wrong) {
        assert.ok(stage.startsWith(wrong[1]), `${stage}: ${said}`);
        assert.ok((await page.text(".pad-words")).replaceAll("\u00a0", " ").includes(`had left the truth ${wrong[2]}`));
        costs.push(wrong[2]);
      }
      await press(page, "arrow_right");
    }
    assert.ok(costs.length > 0, "the costliest digits are mistakes");
    await press(page, "end");
    assert.equal(await row.getAttribute("aria-valuenow"), String(DIGITS.length * SMALL.test));
    assert.match(await pointed(page), /Custom is right, \d+\.\d % sure\./);
    await press(page, "escape");
    assert.match(await pointed(page), /^Point at a dot/);
  });

  for (const kind of /** @type {const} */ (["mouse", "touch"])) {
    test(`a dot shows its digit, and is put on the pad by ${kind}`, { skip: noPointer(bench.name, kind) }, async () => {
      const page = bench.small;
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(kind === "touch");
      await openTried(page);
      // Somewhere in the haze there is a dot.
      const row = ".sure-network[data-model=dense] .over";
      const { place } = await page.until("dots", (css) => {
        const over = document.querySelector(css);
        over.scrollIntoView({ block: "center", behavior: "instant" });
        const canvas = over.parentElement.querySelector("canvas");
        const { width, height } = canvas;
        const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
        const counts = Array.from({ length: width }, (_, x) => {
          let inked = 0;
          for (let y = 0; y < height; y++) inked += data[4 * (y * width + x) + 3] > 0 ? 1 : 0;
          return inked;
        });
        // Not a line of the scale, which goes from top to bottom.
        const most = Math.max(...counts.filter((count) => count < height));
        return most > 0 && { place: counts.indexOf(most) / width };
      }, row);
      if (kind === "mouse") {
        const box = await page.run((css) => document.querySelector(css).getBoundingClientRect().toJSON(), row);
        const at = { x: Math.round(box.left + place * box.width), y: Math.round(box.top + box.height / 2) };
        await perform(page, [{ kind, actions: [{ type: "pointerMove", ...at }] }]);
        await page.until("its digit", () => /^A\s\d\./.test(document.querySelector(".sure-pointed p").textContent));
      }
      await tap(page, kind, row, place);
      await page.until("its digit", () => /^A\s\d\./.test(document.querySelector(".sure-pointed p").textContent));
      const digit = /^A (\d)/.exec(await pointed(page))[1];
      await page.until("it on the pad", (its) => new RegExp(`^(A|✗ It’s a)\\s${its}[:.]`).test(document.querySelector(".pad-words").textContent), digit);
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(false);
    });
  }

  test("a network that diverged has no matrix, and nothing says NaN", async () => {
    const page = bench.small;
    await openTried(page, "epochs=2&lr=10");
    await unfold(page);
    await page.click("Train");
    await page.reach("finished");
    await page.until("the end", () => document.querySelector(".no-matrix[data-model=custom]"));
    assert.match(await page.text(".no-matrix[data-model=custom]"), /Its weights overflowed\.$/);
    assert.equal((await matrices(page)).custom, undefined);
    assert.doesNotMatch(await page.run(() => document.querySelector("#sure").outerHTML), /NaN|Infinity|undefined/);
  });
});
