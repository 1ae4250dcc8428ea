// The layer: its function, scores taken apart by class and unit, what is left without a part, and weights as pictures;
// all compared with networks computed here, from the file of the weights.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

import { noPointer } from "./harness/browsers.js";
import { perform, strokeActions } from "./harness/pointer.js";
import { customLogits, readTensors, softmax } from "./harness/safetensors.js";
import { SMALL, readManifest } from "./harness/small.js";
import { SITE, inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const DIGITS = [0, 2, 5];
const CUSTOM = readTensors(join(import.meta.dirname, "../../www/ready-made/custom.safetensors"));
const without = (name) => ({ ...CUSTOM, [name]: { ...CUSTOM[name], values: CUSTOM[name].values.map(() => 0) } });
const WITHOUT = { "x³·V": without("cubic.v"), "−x·W": without("cubic.w") };

/** The test images of a digit that the small data have, in the file's order: 784 values from 0 to 1 each. */
function testImages(digit) {
  const { file } = readManifest(SITE).digits[digit].test.images;
  const pixels = gunzipSync(readFileSync(join(SITE, "data", file))).subarray(16);
  return Array.from({ length: SMALL.test }, (_, index) =>
    Float64Array.from(pixels.subarray(784 * index, 784 * (index + 1)), (value) => value / 255));
}

/** How many of the small data's test images these weights read wrongly. */
function mistakes(tensors) {
  return DIGITS.flatMap((digit, place) => testImages(digit).filter((image) => {
    const logits = customLogits(tensors, image);
    return logits.indexOf(Math.max(...logits)) !== place;
  })).length;
}

/** Puts a test digit on the pad, the first of its kind: not that of the first digit, which stands chosen. @param {Page} page */
async function putOnPad(page, digit) {
  await page.until("the images", () => [...document.querySelectorAll("button")]
    .some((button) => button.textContent.trim() === "Next image" && !button.disabled));
  await (await page.control("Test digit", "select")).sendKeys(String(digit));
  await page.until("its label", (wanted) => new RegExp(`^(A|✗ It’s a)\\s${wanted}[:.]`).test(document.querySelector(".pad-words").textContent), digit);
}

/** The numbers of a network's scores by class: of each digit, by part. @param {Page} page */
const byClass = (page, model = "custom") => page.run((name) =>
  Object.fromEntries([...document.querySelectorAll(`.scores[data-model=${name}] .by-class tr[data-digit]`)].map((row) =>
    [row.dataset.digit, Object.fromEntries([...row.querySelectorAll("td")].map(({ dataset }) => [dataset.part, Number(dataset.value)]))])), model);

/** Those by unit, of the digit chosen: of each part, unit by unit. @param {Page} page */
const byUnit = (page, model = "custom") => page.run((name) => {
  const parts = {};
  for (const { dataset } of document.querySelectorAll(`.scores[data-model=${name}] .by-unit td`)) {
    (parts[dataset.part] ??= []).push(Number(dataset.value));
  }
  return parts;
}, model);

const sum = (values) => values.reduce((all, value) => all + value, 0);
const near = (a, b, what) => assert.ok(Math.abs(a - b) <= 2e-3 * (1 + Math.abs(b)), `${what}: ${a}, expected ${b}`);

/** Presses a control in the way of this pointer. */
async function tap(page, element, kind, at = [0.5, 0.5]) {
  const place = await page.run((one, [across, down]) => {
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = one.getBoundingClientRect();
    return { x: Math.round(left + across * width), y: Math.round(top + down * height) };
  }, element, at);
  await perform(page, [{ kind, actions: strokeActions([place]) }]);
}

/** Presses keys one after another, each in a turn of its own. */
async function press(page, element, ...names) {
  for (const name of names) await element.sendKeys(page.key(name));
}

/** The pixels of a canvas once it is painted, and differs from `before`: red, green, blue and alpha of each. */
const pixels = (page, css, before = null) => page.until(`${css}, painted`, (selector, earlier) => {
  const canvas = document.querySelector(selector);
  if (!canvas) return null;
  canvas.scrollIntoView({ block: "center", behavior: "instant" });
  const { width, height } = canvas;
  const data = [...canvas.getContext("2d").getImageData(0, 0, width, height).data];
  const isPainted = data.some((value, at) => at % 4 === 3 && value > 0);
  return isPainted && data.join() !== earlier && { width, height, data };
}, css, before?.data.join() ?? "");

inEachBrowser("The layer", (bench) => {
  test("scores are taken apart by class and by unit, and make up the answer", async () => {
    const page = bench.small;
    await page.openNew();
    await putOnPad(page, 2);
    await page.unfold();
    await page.until("the scores", () => document.querySelectorAll(".by-class td[data-part=score]").length === 6);
    const [image] = testImages(2);
    const logits = customLogits(CUSTOM, image);
    const chances = softmax(logits);
    const linear = customLogits(WITHOUT["x³·V"], image);
    const scores = await byClass(page);
    for (const [place, digit] of DIGITS.entries()) {
      const its = scores[digit];
      near(its.score, logits[place], `the score of ${digit}`);
      near(its["x³·V"], logits[place] - linear[place], `x³·V of ${digit}`);
      near(its["x³·V"] + its["−x·W"] + its.biases, its.score, `the sum of ${digit}`);
      near(its.chance, chances[place], `the chance of ${digit}`);
    }
    // As the stage has it.
    const bars = await page.run(() => [...document.querySelectorAll(".answer[data-model=custom] .bar-share")]
      .map(({ textContent }) => parseFloat(textContent)));
    for (const [place, share] of bars.entries()) {
      assert.ok(Math.abs(share - 100 * scores[DIGITS[place]].chance) < 0.06, `${share} % of ${DIGITS[place]}`);
    }
    // A plain network's too, in one part.
    for (const its of Object.values(await byClass(page, "dense"))) near(its.relu + its.biases, its.score, "dense");

    for (const digit of DIGITS) {
      await page.run((wanted) => document.querySelector(`#layer .switch input[value="${wanted}"]`).click(), digit);
      await page.until(`the units of ${digit}`, (wanted) => document.querySelector(`.by-unit[data-digit="${wanted}"]`), digit);
      for (const model of ["custom", "dense"]) {
        const units = await byUnit(page, model);
        const classes = (await byClass(page, model))[digit];
        for (const [part, values] of Object.entries(units)) {
          assert.equal(values.length, 50, `${model}’s units`);
          near(sum(values), classes[part], `${part} of ${digit}, ${model}`);
        }
      }
    }
  });

  test("arrow keys go through the units, a pointer shows one, and each says what it adds", async () => {
    const page = bench.small;
    await page.openNew();
    await putOnPad(page, 5);
    await page.unfold();
    const slider = await page.control("Units of custom", "[role=slider]");
    await page.run((element) => element.focus(), slider);
    const said = async () => page.run((element) => element.getAttribute("aria-valuetext"), slider);
    assert.match(await said(), /^Custom, 50\sunits: x³·V adds [+−][\d.]+, −x·W [+−][\d.]+ to the 5$/);
    const shown = (value) => `${value < 0 && Number(value.toFixed(2)) !== 0 ? "−" : "+"}${Math.abs(value).toFixed(Math.abs(value) < 9.995 ? 2 : 1)}`;
    const units = await byUnit(page);
    const unitSays = (at) => `Unit ${at + 1} of custom: x³·V adds ${shown(units["x³·V"][at])}, −x·W ${shown(units["−x·W"][at])} to the 5.`;
    const isSaid = async (at) => {
      await page.until(`unit ${at + 1}`, (text) => document.querySelector(".units-said span").textContent === text, unitSays(at));
      assert.equal(await said(), unitSays(at));
    };
    await press(page, slider, "arrow_right", "arrow_right", "arrow_right");
    await isSaid(2);
    await press(page, slider, "arrow_left");
    await isSaid(1);
    await press(page, slider, "end");
    await isSaid(49);
    await press(page, slider, "arrow_right");
    await isSaid(49);
    await press(page, slider, "home");
    await isSaid(0);
    await press(page, slider, "escape");
    assert.match(await page.text(".units-said span"), /Point at a unit/);
    for (const kind of bench.browser.name === "chromium" ? ["mouse", "touch"] : ["mouse"]) {
      await tap(page, slider, kind, [0.25, 0.5]);
      await isSaid(12);
      await press(page, slider, "home");
    }
  });

  for (const by of ["mouse", "touch", "keys"]) {
    test(`a part is taken away by ${by}: the stage answers without it, and the test images are counted`, { skip: noPointer(bench.name, by) }, async () => {
      const page = bench.small;
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(by === "touch");
      await page.openNew();
      await putOnPad(page, 2);
      const [image] = testImages(2);
      const whole = mistakes(CUSTOM);
      const switchOf = (part) => page.control(part, "#layer [role=switch]");
      const toggle = async (part) => {
        const control = await switchOf(part);
        if (by === "keys") await press(page, control, "space");
        else await tap(page, control, by);
      };
      const says = (text) => page.until(`“${text}”`, (wanted) =>
        document.querySelector(".ablated[data-model=custom]").textContent.includes(wanted), text);
      const dense = await page.text("#dense-prediction");
      await says(`It gets ${whole} of 120 test digits wrong.`);
      for (const [part, tensors] of Object.entries(WITHOUT)) {
        await toggle(part);
        await page.until(`${part}, off`, () => document.querySelectorAll("#layer [role=switch][aria-checked=false]").length === 1);
        assert.equal(await (await switchOf(part)).getAttribute("aria-checked"), "false");
        const chances = softmax(customLogits(tensors, image));
        const place = chances.indexOf(Math.max(...chances));
        const answer = `${DIGITS[place]} (${(100 * chances[place]).toFixed(1)}\u00a0%)`;
        await page.until(answer, (wanted) => document.querySelector("#custom-prediction").textContent.replace(/\s+\(/, " (") === wanted, answer);
        assert.equal(await page.text("#dense-prediction"), dense, "dense has no such part");
        assert.match(await page.text(".answer[data-model=custom] .answer-note"), part === "x³·V" ? /x³·V|Wrong/ : /−x·W|Wrong/);
        await says(`Without ${part}, custom is ${(100 * chances[place]).toFixed(1)}\u00a0% sure.`);
        await says(`It gets ${mistakes(tensors)} of 120 test digits wrong instead of ${whole}.`);
        await toggle(part);
        await says(`It gets ${whole} of 120 test digits wrong.`);
      }
    });
  }

  test("a training begins with whole networks, and tries them when it ends", async () => {
    const page = bench.small;
    await page.open("epochs=2&networks=a:relu9,square6;b:relu6,sine5;c:tanh4");
    await page.click("f(x)·V");
    await page.click("Train");
    await page.reach("finished");
    const checked = () => page.run(() => [...document.querySelectorAll("#layer [role=switch]")].map((one) => one.getAttribute("aria-checked")));
    assert.deepEqual(await checked(), ["true", "true"]);
    await page.click("f(x)·V");
    for (const [name, part] of [["a", "x²·V"], ["b", "(sin x)·V"]]) {
      await page.until(`${name} without it`, (model, wanted) => {
        const text = document.querySelector(`.ablated[data-model=${model}]`).textContent;
        return text.includes(`Without ${wanted}, ${model}`) && /It gets \d+ of 120 test digits wrong instead of \d+\./.test(text);
      }, name, part);
    }
    assert.equal(await page.run(() => document.querySelector(".ablated[data-model=c]")), null);
  });

  const kinds = ["mouse", "touch"].filter((kind) => !noPointer(bench.name, kind));
  test(`the point moves along the curves by keys, ${kinds.join(", ")}`, async () => {
    const page = bench.small;
    await page.openNew();
    const handle = await page.control("x", "#layer [role=slider]");
    const values = () => page.run(() => [...document.querySelectorAll(".point-values tbody tr")].map((row) =>
      [...row.querySelectorAll("td")].map(({ textContent }) => Number(textContent.replace("−", "-")))));
    const at = () => page.run((element) => Number(element.getAttribute("aria-valuenow")), handle);
    const agree = async () => {
      const x = await at();
      const expected = [x, 2 * x].map((one) => [Math.max(0, one), one ** 3]);
      for (const [row, numbers] of (await values()).slice(0, 2).entries()) {
        for (const [column, number] of numbers.entries()) assert.ok(Math.abs(number - expected[row][column]) < 0.0051, `${number} at ${x}, expected ${expected[row][column]}`);
      }
      return x;
    };
    const before = await agree();
    await page.run((element) => element.focus(), handle);
    await press(page, handle, "arrow_right");
    assert.ok(Math.abs((await agree()) - before - 0.1) < 1e-9);
    await press(page, handle, "home");
    assert.ok((await agree()) < 0);
    for (const kind of kinds) {
      await tap(page, handle, kind, [0.5, 0.5]);
      const middle = await agree();
      await tap(page, handle, kind, [0.9, 0.5]);
      assert.ok((await agree()) > middle, `by ${kind}`);
    }
  });

  test("V and W are pictures of a pixel a weight, with range and spread in words", async () => {
    const page = bench.small;
    await page.openNew();
    await page.until("the weights", () => document.querySelector("#custom-prediction").textContent !== "");
    await page.unfold();
    for (const letter of ["v", "w"]) {
      const { values, shape } = CUSTOM[`cubic.${letter}`];
      assert.deepEqual(shape, [100, 50]);
      const figure = `.weight-matrix[data-tensor="cubic.${letter}"]`;
      const { width, height, data } = await pixels(page, `${figure} canvas`);
      assert.deepEqual([width, height], [100, 50]);
      const strongest = Math.sqrt(sum([...values].map((value) => value ** 2)) / values.length);
      const alphas = { strong: [], weak: [] };
      const colours = { positive: new Set(), negative: new Set() };
      for (let unit = 0; unit < 50; unit++) {
        for (let input = 0; input < 100; input++) {
          const value = values[input * 50 + unit];
          const at = 4 * (unit * 100 + input);
          const isStrong = Math.abs(value) > 2.6 * strongest;
          if (isStrong) {
            alphas.strong.push(data[at + 3]);
            colours[value < 0 ? "negative" : "positive"].add(data.slice(at, at + 3).join());
          } else if (Math.abs(value) < 0.1 * strongest) alphas.weak.push(data[at + 3]);
        }
      }
      assert.ok(Math.min(...alphas.strong) > 250 && Math.max(...alphas.weak) < 40, `${letter}: strong ones are strong`);
      assert.equal(colours.positive.size, 1, "one colour for what is above zero");
      assert.equal(colours.negative.size, 1, "and one for what is below");
      assert.notDeepEqual(colours.positive, colours.negative);
      const mean = sum([...values]) / values.length;
      const sd = Math.sqrt(sum([...values].map((value) => (value - mean) ** 2)) / values.length);
      const text = (await page.text(`${figure} figcaption`)).replaceAll("−", "-");
      const numbers = /from (-?[\d.]+) to (-?[\d.]+), with a standard deviation of ([\d.]+)\.$/.exec(text);
      assert.ok(numbers, text);
      const expected = [Math.min(...values), Math.max(...values), sd];
      for (const [place, number] of expected.entries()) assert.ok(Math.abs(Number(numbers[place + 1]) - number) < 6e-4, text);
    }
  });

  test("first weights are pictures for every network, and follow the playhead", async () => {
    const page = bench.small;
    await page.open("epochs=4&seed=3&networks=a:relu20,cubic5;b:cubic3");
    await page.click("Train");
    await page.reach("finished");
    // The replay may be behind.
    await page.until("the replay's end", () => [...document.querySelectorAll(".answer")].every(({ textContent }) => textContent.includes("After epoch 4.")));
    const rows = () => page.run(() => [...document.querySelectorAll(".patches canvas")].map((canvas) => canvas.getAttribute("aria-label")));
    const last = await rows();
    assert.match(last[0], /^A: the weights from the picture into its first 15\sunits, from −[\d.]+ to [\d.]+$/);
    assert.match(last[1], /^B: .* first 3\sunits/);
    const painted = await pixels(page, ".patches [data-model=a] canvas");
    assert.ok(painted.data.some((value, at) => at % 4 === 3 && value > 200));
    const slider = await page.control("Epoch to read in the chart of loss", "[role=slider]");
    await page.run((element) => element.focus(), slider);
    await press(page, slider, "home", "enter");
    await page.until("other weights", (before) => document.querySelector(".patches canvas").getAttribute("aria-label") !== before, last[0]);
    const others = await pixels(page, ".patches [data-model=a] canvas", painted);
    await page.click("Back to now");
    await page.until("the last weights", (before) => document.querySelector(".patches canvas").getAttribute("aria-label") === before, last[0]);
    assert.deepEqual((await pixels(page, ".patches [data-model=a] canvas", others)).data, painted.data);
  });

  test("without a custom layer there is nothing to take away, and units still add", async () => {
    const page = bench.small;
    await page.open("epochs=1&networks=plain:relu8,tanh6");
    assert.match(await page.text("#layer .curves"), /No network here has a custom layer/);
    assert.match(await page.text("#layer .ablation"), /Nothing to take away/);
    assert.equal(await page.run(() => document.querySelectorAll("#layer [role=switch]").length), 0);
    await page.click("Train");
    await page.reach("finished");
    await putOnPad(page, 2);
    await page.unfold();
    await page.until("the scores", () => document.querySelectorAll(".by-class td[data-part=score]").length === 3);
    for (const its of Object.values(await byClass(page, "plain"))) near(its.tanh + its.biases, its.score, "plain");
    assert.match(await page.text("#layer"), /there is no V and no W/);
  });

  test("what overflowed is said, without NaN", async () => {
    const page = bench.small;
    await page.open("epochs=1&lr=10");
    await page.click("Train");
    await page.reach("finished");
    await page.unfold();
    await page.until("the network that blew up", () => document.querySelector("#layer .weight-matrices")?.textContent.includes("overflowed"));
    const text = await page.run(() => document.querySelector("#layer").textContent
      + [...document.querySelectorAll("#layer [aria-label], #layer [aria-valuetext]")].map((one) => one.getAttribute("aria-label") + one.getAttribute("aria-valuetext")).join());
    assert.doesNotMatch(text, /NaN|Infinity|undefined/);
    assert.match(text, /overflowed/);
  });
});
