// The charts: what is read, where the playhead goes, what is drawn, and the picture of it.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { ACCENTS, pixels } from "./harness/colours.js";
import { download } from "./harness/downloads.js";
import { DIGITS, draw, perform } from "./harness/pointer.js";
import { inEachBrowser, noMnist, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const LOSS = "#loss-chart canvas";

/** @param {Page} page */
const readout = (page) => page.text("#readout caption");
/** @param {Page} page @param {string} name */
const tick = async (page, name) => (await page.control(name, "#curves input")).click();
/** @param {Page} page @param {string} [css] @returns {Promise<string>} */
const picture = (page, css = LOSS) => page.run((selector) => document.querySelector(selector).toDataURL(), css);
/** Waits until something is painted: a canvas is, a frame after it has come. @param {Page} page @param {string} [css] */
const inked = (page, css = LOSS) => page.until(`ink on ${css}`, (selector) => {
  const canvas = document.querySelector(selector);
  return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
}, css);
/** @param {Page} page */
const slider = (page) => page.control("Epoch to read in the chart of loss", "[role=slider]");

/**
 * Presses keys one after another, each in a turn of its own: Firefox's driver sends several in one.
 * @param {Page} page
 * @param {import("selenium-webdriver").WebElement} element
 * @param {...string} names
 */
async function press(page, element, ...names) {
  for (const name of names) await element.sendKeys(page.key(name));
}

/**
 * Brings a chart into sight, and tells where a part of its width lies.
 * @param {Page} page
 * @param {string} chart
 * @returns {Promise<(part: number, down?: number) => { x: number, y: number }>}
 */
async function findChart(page, chart) {
  const box = await page.run((id) => {
    const over = document.querySelector(`#${id} .over`);
    over.scrollIntoView({ block: "center", behavior: "instant" });
    const { left, top, width, height } = over.getBoundingClientRect();
    return { left, top, width, height };
  }, chart);
  return (part, down = 0.5) => ({ x: Math.round(box.left + part * box.width), y: Math.round(box.top + down * box.height) });
}

/**
 * Waits for a caption of the read-out: the charts are read a tenth of a second after the page says what it does.
 * @param {Page} page
 * @param {string} caption
 */
const reads = (page, caption) => page.until(`“${caption}”`, (wanted) =>
  document.querySelector("#readout caption").textContent.trim() === wanted, caption);

/**
 * What all of the page shows: epochs by the answers, the read-out and the strip.
 * @param {Page} page
 * @param {number} epoch
 */
const shows = (page, epoch) => page.until(`epoch ${epoch}`, (wanted) =>
  document.querySelector("#shown").textContent.replaceAll("\u00a0", " ").includes(`epoch ${wanted}`)
    && document.querySelector("#readout caption").textContent.startsWith(`Epoch ${wanted}`), epoch);

/** The epoch that is read, without what it is. @param {Page} page */
const epochRead = async (page) => Number(/^Epoch (\d+)/.exec(await readout(page))?.[1]);

inEachBrowser("Charts", (bench) => {
  test("are never empty: before a training they show ten runs made before", { skip: noMnist }, async () => {
    const { page } = bench;
    await page.openNew();
    await page.until("the ten runs", () => document.querySelector("#chart-note").textContent.startsWith("Means of ten runs made before"));
    await inked(page);
    const withGhosts = await picture(page);
    assert.match(await page.run((css) => document.querySelector(css).getAttribute("aria-label"), LOSS), /^Loss by epoch, the means of ten runs made before\. custom, validation: /);
    assert.match(await readout(page), /^Epoch 50, mean of ten earlier runs$/);
    await tick(page, "ten runs");
    assert.notEqual(await picture(page), withGhosts);
    assert.equal(await page.text("#chart-note"), "");
    await tick(page, "ten runs");
    assert.equal(await picture(page), withGhosts);
  });

  test("an epoch is read by keyboard and by mouse", async () => {
    const page = bench.small;
    await page.openNew("epochs=40");
    await page.click("Train");
    await page.reach("finished");
    await shows(page, 40);
    await reads(page, "Epoch 40, the last");
    const loss = await slider(page);
    await page.run((element) => element.focus(), loss);
    await press(page, loss, "arrow_left");
    await reads(page, "Epoch 39"); // keys begin where the playhead is
    await press(page, loss, "home", "arrow_right");
    await reads(page, "Epoch 2");
    assert.equal(await loss.getAttribute("aria-valuenow"), "2");
    assert.equal(await loss.getAttribute("aria-valuetext"), "Epoch 2");
    const { custom } = (await page.history())[1];
    const shown = await page.run(() => [...document.querySelectorAll("#readout tbody tr")].map((row) => row.textContent).join(" "));
    for (const metric of ["loss", "val_loss"]) assert.ok(shown.includes(Number(custom[metric]).toFixed(4)), `${metric} in: ${shown}`);
    assert.ok(shown.includes(String(Math.round((1 - Number(custom.val_accuracy)) * 150))), "mistakes of 150");
    await page.until("the values in speech", () => /^Epoch 2: custom validation 0\.\d+/.test(document.querySelector("#readout-spoken").textContent));
    await press(page, loss, "end");
    await reads(page, "Epoch 40");
    await press(page, loss, "page_down", "arrow_left");
    await reads(page, "Epoch 29");
    await press(page, loss, "tab");
    await reads(page, "Epoch 40, the last");

    const place = await findChart(page, "mistakes-chart");
    await perform(page, [{ kind: "mouse", actions: [{ type: "pointerMove", ...place(0.5) }] }]);
    await page.until("a read-out", () => /^Epoch (1\d|2\d)$/.test(document.querySelector("#readout caption").textContent));
    await perform(page, [{ kind: "mouse", actions: [{ type: "pointerMove", x: 1, y: 1 }] }]);
    await reads(page, "Epoch 40, the last");
  });

  for (const kind of /** @type {const} */ (["mouse", "touch"])) {
    test(`dragging goes back in time, by ${kind}, and the page follows`, { skip: noPointer(bench.name, kind) }, async () => {
      const page = bench.small;
      await draw(page, DIGITS[2]);
      const last = await page.answers();
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(kind === "touch");
      const place = await findChart(page, "loss-chart");
      await perform(page, [{ kind, actions: [
        { type: "pointerMove", ...place(0.6) },
        { type: "pointerDown", button: 0 },
        ...[0.55, 0.5, 0.4, 0.3, 0.2, 0.14].map((part) => ({ type: "pointerMove", duration: 20, ...place(part) })),
        { type: "pointerUp", button: 0 },
      ] }]);
      await page.until("it is held", () => /^Epoch \d+, held$/.test(document.querySelector("#readout caption").textContent));
      const epoch = await epochRead(page);
      assert.ok(epoch < 10, `epoch ${epoch}`);
      await shows(page, epoch);
      assert.notDeepEqual(await page.answers(), last);
      const rows = await page.run((wanted) => [...document.querySelectorAll(`#history tr[data-epoch="${wanted}"] td[data-metric=val_loss]`)].map(({ textContent }) => textContent), epoch);
      const read = await page.text("#readout tbody");
      for (const value of rows) assert.ok(read.includes(value), `${value} of the table in: ${read}`);
      await page.click("Back to now");
      await shows(page, 40);
      assert.deepEqual(await page.answers(), last);
      if (bench.browser.name === "chromium") await bench.browser.emulateTouch(false);
    });
  }

  test("by keys it is held and let go", async () => {
    const page = bench.small;
    const last = await page.answers();
    const loss = await slider(page);
    await page.run((element) => element.focus(), loss);
    await press(page, loss, "home", "arrow_right", "enter");
    await shows(page, 2);
    assert.notDeepEqual(await page.answers(), last);
    await press(page, loss, "arrow_right");
    await reads(page, "Epoch 3"); // from where the playhead is
    await press(page, loss, "escape");
    await shows(page, 40);
    assert.deepEqual(await page.answers(), last);
    // Who goes back by the keyboard keeps their place.
    await press(page, loss, "home", "enter");
    await (await page.control("Back to now")).sendKeys(page.key("enter"));
    await shows(page, 40);
    assert.equal(await page.run(() => document.activeElement.id), "readout");
  });

  test("by images seen there are moments before the first epoch's end", async () => {
    const page = bench.small;
    const byEpoch = await picture(page);
    await tick(page, "by images seen");
    assert.notEqual(await picture(page), byEpoch);
    const loss = await slider(page);
    await page.run((element) => element.focus(), loss);
    await press(page, loss, "home");
    await reads(page, "Untrained");
    // A guess among three digits.
    const [custom] = await page.run(() => [...document.querySelectorAll("#readout tbody tr")].map((row) => [...row.querySelectorAll("td")].map(({ textContent }) => textContent)));
    assert.ok(Math.abs(Number(custom[0]) - Math.log(3)) < 0.3, `loss ${custom[0]}`);
    assert.ok(Number(custom[2]) > 50, `${custom[2]} of 150 mistakes`);
    await press(page, loss, "arrow_right", "enter");
    await page.until("it is held", () => /^After \d+ images, held$/.test(document.querySelector("#readout caption").textContent));
    const [images] = /\d+/.exec(await readout(page)) ?? [];
    assert.ok((await page.text("#shown")).includes(`after ${images}`));
    await press(page, loss, "escape");
    await tick(page, "by epoch");
    assert.equal(await picture(page), byEpoch);
  });

  test("lines and scales are switched", async () => {
    const page = bench.small;
    const [custom, dense] = await pixels(page, LOSS, Object.values(ACCENTS.light));
    await tick(page, "dense");
    const [alone, none] = await pixels(page, LOSS, Object.values(ACCENTS.light));
    assert.ok(alone > custom / 2 && dense > 50 && none === 0, `${[custom, dense]} then ${[alone, none]}`);
    await tick(page, "dense");
    for (const name of ["training", "log scale for loss"]) {
      const before = await picture(page);
      await tick(page, name);
      assert.notEqual(await picture(page), before, name);
      await tick(page, name);
      assert.equal(await picture(page), before, name);
    }
    await tick(page, "accuracy");
    assert.match(await page.run(() => document.querySelector("#accuracy-chart canvas").getAttribute("aria-label")), /^Accuracy by epoch\. custom, validation: 0\.\d+ at first/);
    await tick(page, "mistakes");
    await tick(page, "the notebook’s own plot");
    const label = await page.run(() => document.querySelector("#notebook-chart canvas").getAttribute("aria-label"));
    assert.match(label, /^Comparison of Custom Layer vs\. Simple Model\. Accuracy by epoch\. .*Loss by epoch\. /);
    const colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728"];
    await inked(page, "#notebook-chart canvas");
    assert.ok((await pixels(page, "#notebook-chart canvas", colours)).every((count) => count > 50));
    await tick(page, "the notebook’s own plot");
    // These were not made with the small site's images.
    assert.equal(await (await page.control("ten runs", "#curves input")).isEnabled(), false);
  });

  test("a picture has both charts, and both networks in each", async () => {
    const page = bench.small;
    const file = await download(bench.browser, "curves.png", () => page.click("Save picture"));
    assert.deepEqual([...file.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const halves = await page.run(async (bytes, colours) => {
      const contents = Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0));
      const image = await createImageBitmap(new Blob([contents], { type: "image/png" }));
      const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0);
      // Below the title and the names of networks.
      const [half, top] = [image.width / 2, image.height * 0.35];
      return [0, half].map((left) => {
        const { data } = context.getImageData(left, top, half, image.height - top);
        return colours.map((colour) => {
          const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
          let count = 0;
          for (let at = 0; at < data.length; at += 4) {
            if (rgb.every((value, i) => Math.abs(value - data[at + i]) < 12)) count += 1;
          }
          return count;
        });
      });
    }, file.toString("base64"), Object.values(ACCENTS.light));
    for (const half of halves) for (const count of half) assert.ok(count > 100, JSON.stringify(halves));
  });

  test("with many epochs the table grows, and is not made anew", async () => {
    const page = bench.small;
    await page.open("epochs=1000&runs=20&control=1");
    await page.click("Train");
    // From within: rows come faster than a driver asks.
    const rows = await page.until("some rows", () => {
      const all = document.querySelectorAll("#history tr[data-epoch]");
      if (all.length < 30) return false;
      all[0].dataset.kept = "yes";
      return all.length;
    });
    assert.ok(rows < 1000);
    await page.until("more rows", (before) => document.querySelectorAll("#history tr[data-epoch]").length > before + 20, rows);
    assert.equal(await page.run(() => document.querySelector("#history tr[data-epoch]").dataset.kept), "yes", "rows stay as they are");
    await page.click("Stop");
    await page.reach("finished");
    await page.click("Reset");
  });

  test("goes on with the others when a network diverges", async () => {
    const page = bench.small;
    await page.openNew("epochs=3&lr=10");
    await page.click("Train");
    await page.reach("finished");
    await page.until("the values", () => /^Epoch 3, the last$/.test(document.querySelector("#readout caption").textContent));
    const [custom, dense] = await page.run(() => [...document.querySelectorAll("#readout tbody tr")].map((row) => row.textContent));
    assert.match(custom, /blew up/);
    assert.match(dense, /\d/);
    assert.match(await page.text("#chart-note"), /∞: custom blew up\./);
  });
});
