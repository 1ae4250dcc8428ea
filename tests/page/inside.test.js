// The look inside: confusion matrices, the gallery, contributions, V and W.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

import { DIGITS, PAD, draw, perform, strokeActions } from "./harness/pointer.js";
import { readManifest } from "./harness/small.js";
import { SITE, inEachBrowser, noMnist } from "./harness/suite.js";

/** The images of a digit in the site's test set, by their positions in MNIST's file. */
function testImages(digit) {
  const { folder, manifest } = readManifest(SITE);
  const { images, positions } = manifest.digits[digit].test;
  const [pixels, places] = [images, positions].map(({ file }) => gunzipSync(readFileSync(join(SITE, folder, file))));
  const count = places.readUInt32BE(4);
  return new Map(Array.from({ length: count }, (_, index) => [
    places.readInt32BE(8 + 4 * index),
    [...pixels.subarray(16 + 784 * index, 16 + 784 * (index + 1))],
  ]));
}

/** The counts in a model's confusion matrix, row by row. */
const confusion = (page, model) => page.until(`the matrix of ${model}`, (kind) => {
  const rows = [...document.querySelectorAll(`.scroll.${kind} table.confusion tbody tr`)];
  return rows.length > 0 && rows.map((row) => [...row.querySelectorAll("td")].map((cell) =>
    Number(/^[\d,]+/.exec(cell.textContent)[0].replace(",", ""))));
}, model);

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** A number as the page writes it. */
const numberIn = (text) => Number(/[+−]?\d+(\.\d+)?/.exec(text)[0].replace("−", "-"));

/** The gallery's first picture, its place on the page, and what stands under it. */
const firstTile = (page) => page.run(() => {
  const tile = document.querySelector(".tiles button");
  tile.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top, width, height } = tile.getBoundingClientRect();
  return {
    place: { x: Math.round(left + width / 2), y: Math.round(top + height / 2) },
    position: Number(tile.dataset.position),
    text: tile.textContent,
  };
});

inEachBrowser("Look inside", (bench) => {
  test("counts every test image once", { skip: noMnist }, async () => {
    const { page } = bench;
    await page.openNew();
    for (const model of ["custom", "dense"]) {
      const matrix = await confusion(page, model);
      assert.deepEqual(matrix.map(sum), [980, 1032, 892], "MNIST's counts of 0, 2 and 5");
      const wrong = sum(matrix.flatMap((row, at) => row.filter((_, column) => column !== at)));
      assert.match(await page.text(`.scroll.${model} caption`), new RegExp(`· ${wrong} of 2,904 wrong`));
      assert.ok(wrong < 60, `the ready-made weights are good: ${wrong}`);
    }
  });

  test("agrees with the test accuracy after a run, and with its own filters", async () => {
    const page = bench.small;
    await page.open("epochs=2&digits=2,3,5,8");
    await page.click("Train");
    await page.reach("finished");
    await page.until("the matrices of this run", () => /After epoch 2 of 2/.test(document.querySelector(".scroll.custom caption")?.textContent));
    for (const model of ["custom", "dense"]) {
      const matrix = await confusion(page, model);
      assert.deepEqual(matrix.map(sum), [40, 40, 40, 40]);
      const right = sum(matrix.map((row, at) => row[at])) / 160;
      await page.until(`an accuracy of ${right}`, (kind, wanted) =>
        document.querySelector(`#test-scores tr[data-model=${kind}] [data-metric=test_accuracy]`)?.textContent === wanted,
      model, right.toFixed(4));
    }
    const cell = await page.run(() => {
      const choice = document.querySelector(".scroll.dense td:not(.right) button");
      choice.click();
      return choice.textContent;
    });
    const count = Number(/^\d+/.exec(cell)[0]);
    const title = await page.text(".mistakes h4");
    assert.match(title, new RegExp(`^${count} test digits? \\d that the dense network sees as \\d$`));
    assert.equal(await page.run(() => document.querySelectorAll(".tiles li").length), Math.min(count, 12));
  });

  test("looks again after each of several runs", async () => {
    const page = bench.small;
    await page.open("epochs=60&runs=20");
    await page.click("Train");
    // Out of sight, they would wait until nothing has changed for a moment.
    await page.run(() => document.querySelector(".mistakes").scrollIntoView({ behavior: "instant" }));
    const caption = await page.until("the end of a run", () => {
      const captions = [...document.querySelectorAll("table.confusion caption")].map(({ textContent }) => textContent);
      return captions.length === 2 && captions.every((text) => /After run \d+ of 20\./.test(text)) && captions[0];
    });
    assert.equal(await page.state(), "training");
    await page.until("the end of the next", (before) => document.querySelector("table.confusion caption").textContent !== before, caption);
    await page.click("Pause");
    await page.until("the pause", () => /(In|After) epoch \d+ of 60, run \d+ of 20\./.test(document.querySelector("table.confusion caption").textContent));
    // The networks drift apart, also into different runs; the state tells of the slower one.
    await page.until("where each network is", () => {
      const [, epoch, run] = /Epoch (\d+) of 60, run (\d+) of 20/.exec(document.querySelector("#status").textContent);
      const places = [...document.querySelectorAll(".answer:not([hidden])")].map(({ textContent }) => {
        const [, how, at, inRun] = /(In|After) epoch (\d+) of 60, run (\d+) of 20/.exec(textContent) ?? [];
        return 60 * inRun + (how === "In" ? at - 1 : Number(at));
      });
      return places.length === 2 && Math.min(...places) === 60 * run + Number(epoch);
    });
    await page.click("Stop");
    await page.reach("finished");
    await page.until("the last look", () => [...document.querySelectorAll("table.confusion caption")]
      .every(({ textContent }) => /(Stopped in|After) epoch/.test(textContent)));
  });

  for (const kind of ["mouse", "touch"]) {
    test(`shows a test image on the pad as it is, by ${kind}`, async () => {
      const page = bench.small;
      if (await (await page.control("Clear")).isEnabled()) await page.click("Clear");
      await page.until("no answer", () => document.querySelector("#custom-prediction").textContent === "");
      const { place, position, text } = await firstTile(page);
      await perform(page, [{ kind, actions: strokeActions([place]) }]);
      await page.until("the answers", () => document.querySelector("#custom-prediction").textContent);
      for (const [model, answer] of Object.entries(await page.answers())) {
        const [, digit, share] = /^(\d) \((\d+\.\d %)\)$/.exec(answer);
        assert.match(text, new RegExp(`${model}: ${digit} (✗ )?\\(${share.replace(".", "\\.")}\\)`), "the gallery's answer");
      }
      const [, label] = /^a (\d)/.exec(text);
      const bytes = testImages(Number(label)).get(position);
      const shown = await page.run(() => {
        const canvas = document.querySelector(".received canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, 28, 28);
        return Array.from({ length: 784 }, (_, at) => data[4 * at]);
      });
      // Paper and ink, and what lies between them.
      const [paper, full] = [shown[bytes.indexOf(0)], shown[bytes.indexOf(Math.max(...bytes))]];
      const scale = (full - paper) / Math.max(...bytes);
      const off = shown.filter((value, at) => Math.abs(value - (paper + scale * bytes[at])) > 1.5);
      assert.deepEqual(off, [], "the picture is the image");
      const words = await page.text(".pad-words");
      assert.match(words, new RegExp(`Test image ${position.toLocaleString("en")}, a ${label}, as it is|unsure|none of`));
      const pad = await page.run((selector) => document.querySelector(selector).getContext("2d").getImageData(0, 0, 9, 9).data[3], PAD);
      assert.equal(pad, 255, "the pad shows the image to its edges");
    });
  }

  test("takes the scores of a drawing apart", async () => {
    const page = bench.small;
    await page.openNew();
    await draw(page, DIGITS[2]);
    await page.until("the contributions", () => document.querySelectorAll("table.contributions tbody").length === 3);
    await page.run(() => {
      document.querySelector("table.contributions").scrollIntoView();
      [...document.querySelectorAll("#inside summary")].find(({ textContent }) => textContent.startsWith("The numbers")).click();
    });
    // Answer and scores follow the strokes, each in its own time: in the end they belong together.
    const { blocks, rows } = await page.until("scores whose softmax is the answer", () => {
      const cells = (row, selector) => [...row.querySelectorAll(selector)].map(({ textContent }) => textContent);
      const blocks = [...document.querySelectorAll("table.contributions tbody")].map((block) => ({
        digit: block.querySelector("th.digit").textContent,
        sums: cells(block, "td:not(.lane)"),
        bias: block.querySelector("tr.score td.lane").textContent,
      }));
      const rows = [...document.querySelectorAll("#inside details tbody tr")].map((row) => cells(row, "td"));
      const powers = blocks.map(({ sums }) => Math.exp(Number(sums[2].replace("−", "-"))));
      const shares = cells(document.querySelector(".answer.custom"), ".share").map(Number.parseFloat);
      const total = powers.reduce((sum, power) => sum + power, 0);
      const equal = powers.every((power, at) => Math.abs((100 * power) / total - shares[at]) < 1);
      return equal && rows.length > 0 && { blocks, rows };
    });
    assert.deepEqual(blocks.map(({ digit }) => digit), ["0", "2", "5"]);
    for (const { sums, bias } of blocks) {
      const [cubic, linear, score] = sums.map(numberIn);
      assert.ok(Math.abs(cubic + linear + numberIn(bias) - score) < 0.03, `${sums}, ${bias}`);
    }
    // Unit by unit, as written in the table: two roundings a unit.
    assert.equal(rows.length, 50);
    blocks.forEach(({ sums }, digit) => {
      for (const part of [0, 1]) {
        const total = sum(rows.map((row) => numberIn(row[2 * digit + part])));
        assert.ok(Math.abs(total - numberIn(sums[part])) < 50 * 0.005 + 0.01, `${total}, ${sums}`);
      }
    });
  });

  test("shows V and W", async () => {
    const page = bench.small;
    const labels = await page.until("the maps", () => {
      const maps = [...document.querySelectorAll(".maps canvas")];
      maps[0]?.scrollIntoView();
      return maps.length === 2 && maps.every(({ width, height }) => width === 100 && height === 50) && maps.map((map) => map.getAttribute("aria-label"));
    });
    for (const label of labels) assert.match(label, /: 50 by 100 weights from −0\.\d+ to \+0\.\d+, spread 0\.0\d+/);
  });
});
