// Try it another way: the cards, and what several runs say of each pair of networks.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { perform } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const CARDS = ["Is it luck?", "The layer, or the width?", "Another curve than x³", "Stop at ten", "Bolder steps", "Each at its best rate", "All ten digits", "Four or nine?", "Break it"];

/** Student's t of 4 degrees of freedom that misses with a chance of 5 %: from a table. */
const T95 = 2.7764;
/** With a chance of 5 % / 3, for three criteria, by degrees of freedom; that of 1 is the cotangent of π/2 · 5 % / 3. */
const T_SHARED = { 1: 1 / Math.tan((Math.PI / 2) * (0.05 / 3)), 4: 3.9608 };

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Of paired differences, in whole steps or not. */
function interval(differences, quantile, step = 0) {
  const middle = mean(differences);
  const variance = differences.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (differences.length - 1);
  // What was rounded to a step has a variance of step² / 12 by that alone; a difference twice that.
  const deviation = Math.max(Math.sqrt(variance), step * Math.sqrt(2 / 12));
  const margin = (quantile * deviation) / Math.sqrt(differences.length);
  return [middle, middle - margin, middle + margin];
}

const close = (a, b, what) => assert.ok(Math.abs(a - b) <= 1e-3 * Math.max(1e-3, Math.abs(b)), `${what}: ${a}, not ${b}`);

/**
 * Every run's epochs, as the CSV has them, by model and run.
 * @param {Page} page
 * @returns {Promise<Record<string, Record<string, number>[][]>>}
 */
async function runs(page) {
  const csv = await page.driver.executeAsyncScript(`
    const done = arguments[arguments.length - 1];
    const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { URL.createObjectURL = make; blob.text().then(done); return make.call(URL, blob); };
    [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === "History as CSV").click();`);
  const [head, ...rows] = csv.trim().split(/\r?\n/).map((row) => row.split(","));
  const models = {};
  for (const row of rows) {
    const cells = Object.fromEntries(head.map((name, at) => [name, row[at]]));
    const numbers = Object.fromEntries(Object.entries(cells).map(([name, text]) => [name, Number(text)]));
    ((models[cells.model] ??= [])[Number(cells.run) - 1] ??= []).push(numbers);
  }
  return models;
}

/** @param {Page} page */
const differences = (page) => page.until("the differences", () => {
  const rows = [...document.querySelectorAll("#differences tbody tr")];
  return rows.length > 0 && rows.map((row) => {
    const [lastMean, lastInterval, lastWins, bestMean, bestInterval, bestWins] = row.querySelectorAll("td");
    const read = (cell, interval, wins) => ({
      mean: cell.dataset.value === undefined ? null : Number(cell.dataset.value),
      low: Number(interval.dataset.low), high: Number(interval.dataset.high), wins: wins.textContent,
    });
    return { pair: row.dataset.pair, measure: row.dataset.measure, last: read(lastMean, lastInterval, lastWins), best: read(bestMean, bestInterval, bestWins) };
  });
});

/** The panel of the card that is open. @param {Page} page */
const outcome = (page) => page.text(".card-panel .card-outcome").then((text) => text.replaceAll("\u00a0", " "));

/** A card's outcome, once there is one. @param {Page} page */
const finished = async (page, pattern) => (await page.until("an outcome", (wanted) => {
  const text = document.querySelector(".card-panel .card-outcome").textContent.replaceAll("\u00a0", " ").trim();
  return new RegExp(wanted).test(text) && text;
}, pattern));

/** @param {Page} page @param {string} name */
const radio = async (page, name) => page.control(name, ".card-panel input");

inEachBrowser("Experiments", (bench) => {
  test("a card asks for a guess, runs with one press, and says what came out beside the guess", async () => {
    const page = bench.small;
    await page.openNew("lr=0.02");
    const own = await page.run(() => location.hash);
    const titles = await page.run(() => [...document.querySelectorAll(".card h3")].map(({ textContent }) => textContent));
    assert.deepEqual(titles, CARDS);
    assert.equal(await page.run(() => document.querySelector(".card-panel")), null, "guesses show when a card is opened");

    await page.click("Break it");
    assert.equal(await page.run(() => document.activeElement.ariaExpanded), "true");
    // By mouse.
    const custom = await radio(page, "custom");
    await page.run((input) => input.scrollIntoView({ block: "center", behavior: "instant" }), custom);
    await custom.click();
    assert.ok(await custom.isSelected());
    await page.click("Run it");
    await page.reach("finished");
    assert.match(await page.run(() => location.hash), /&epochs=3&batch=32&lr=10&/);
    const text = await finished(page, "^(Your guess|You guessed)");
    // As the table of epochs has it.
    const broken = Object.entries((await page.history())[0]).filter(([, metrics]) => metrics.loss === "NaN").map(([name]) => name);
    assert.deepEqual(broken, ["custom"]);
    assert.match(text, /^Your guess holds so far\. Custom broke in epoch 1: the weights overflowed/);
    assert.equal(await page.text(".card-values [data-model=custom] [data-criterion=mistakes]"), "blew up");
    assert.ok(await page.run((input) => input.matches(":disabled"), custom), "a guess is made before");

    await page.click("Back to my settings");
    assert.equal(await page.run(() => location.hash), own);
    // What came out stays.
    assert.equal(await outcome(page), text);
  });

  test("by keys: a card is opened, a guess made and the experiment run", async () => {
    const page = bench.small;
    await page.open();
    const card = await page.control("Four or nine?");
    await page.run((button) => button.focus(), card);
    await card.sendKeys(page.key("enter"));
    const first = await radio(page, "custom");
    await page.run((input) => input.focus(), first);
    await first.sendKeys(page.key("space"));
    await first.sendKeys(page.key("arrow_right"));
    const dense = await radio(page, "dense");
    assert.ok(await dense.isSelected());
    const run = await page.control("Run it");
    await page.run((button) => button.focus(), run);
    await run.sendKeys(page.key("enter"));
    await page.reach("finished");
    assert.match(await page.run(() => location.hash), /^#digits=4,9&epochs=30&/);
    const text = await finished(page, "can’t tell|Nothing to compare");
    // One run says no more than which leaves more.
    const [a, b] = await page.run(() => ["custom", "dense"].map((name) =>
      document.querySelector(`.card-values [data-model=${name}] [data-criterion=truth]`).textContent));
    if (/Dense, in this run/.test(text)) assert.match(text, new RegExp(`^Your guess holds so far\\. Dense, in this run: ${b} against ${a}\\.`));
    else assert.match(text, /^(You guessed dense\. )?(Custom, in this run|Neither|Nothing)/);
  });

  test("by touch, where there is none by mouse", { skip: noPointer(bench.name, "touch") }, async () => {
    const page = bench.small;
    await page.open();
    const touch = async (element) => {
      const at = await page.run((one) => {
        one.scrollIntoView({ block: "center", behavior: "instant" });
        const { left, top, width, height } = one.getBoundingClientRect();
        return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
      }, element);
      await perform(page, [{ kind: "touch", actions: [{ type: "pointerMove", ...at }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }] }]);
    };
    await touch(await page.control("Stop at ten"));
    await page.until("the panel", () => document.querySelector(".card-panel"));
    await touch(await radio(page, "can’t tell"));
    await page.until("the guess", () => document.querySelector(".card-panel input:checked"));
    assert.ok(await (await radio(page, "can’t tell")).isSelected());
    await touch(await page.control("Run it"));
    await page.reach("finished");
    assert.equal((await page.history()).length, 10);
    assert.match(await finished(page, "run"), /in this run|Neither|Nothing/);
  });

  test("while another training is under way, no card begins", async () => {
    const page = bench.small;
    await page.open("epochs=1000");
    await page.click("Train");
    await page.epochs(1);
    await page.click("Stop at ten");
    assert.ok(!(await (await page.control("Run it")).isEnabled()));
    assert.equal(await outcome(page), "Another training is under way.");
    await page.click("Stop");
    await page.reach("finished");
    assert.ok(await (await page.control("Run it")).isEnabled());
    assert.equal(await outcome(page), "");
  });

  test("the card of luck shows its runs as dots, with wins and intervals", async () => {
    const page = bench.small;
    await page.open();
    await page.click("Is it luck?");
    const before = await page.run(() => document.querySelector(".card-panel").getBoundingClientRect().height);
    await page.click("Run it");
    await page.reach("finished");
    await finished(page, "(Dense|Custom|Neither)");
    const after = await page.run(() => document.querySelector(".card-panel").getBoundingClientRect().height);
    assert.ok(Math.abs(after - before) <= 1, `the panel grew from ${before} to ${after}`);
    const dots = await page.run(() => [...document.querySelectorAll(".card-panel .dots [data-measure]")].map((row) => [row.dataset.measure, row.querySelectorAll(".run").length, row.querySelectorAll(".mean").length]));
    assert.deepEqual(dots.map(([measure]) => measure), ["loss", "mistakes", "truth", "first_epoch"]);
    for (const [measure, count, means] of dots) {
      if (measure === "loss" || measure === "mistakes") assert.equal(count, 10, measure);
      if (measure === "first_epoch") assert.equal(means, 0, "what was not reached has no mean");
    }
    const models = await runs(page);
    const losses = models.custom.map((epochs, run) => epochs.at(-1).val_loss - models.dense[run].at(-1).val_loss);
    const lower = losses.filter((one) => one > 0).length;
    const said = (await page.text(".card-panel [data-measure=loss] .dots-said")).replaceAll("\u00a0", " ");
    const [, name, wins] = /^(Custom|Dense) lower in (\d+) of 10/.exec(said) ?? assert.fail(said);
    assert.equal(Number(wins), name === "Dense" ? lower : 10 - lower);
    // The dots' places: of the largest difference, or of the interval's further end, to either side of the line.
    const circles = await page.run(() => [...document.querySelectorAll(".card-panel [data-measure=loss] .run")].map((one) => parseFloat(one.getAttribute("cx")) - 50));
    for (const [run, loss] of losses.entries()) assert.equal(Math.sign(Math.round(1e3 * circles[run])), Math.sign(Math.round(1e3 * circles[run]) === 0 ? 0 : loss), `run ${run}`);
    const ratio = circles[0] / losses[0];
    for (const [run, loss] of losses.entries()) assert.ok(Math.abs(circles[run] - ratio * loss) < 0.5, `run ${run}: ${circles}`);
  });

  test("several runs: mean differences with 95 % intervals and wins, at the last epoch and at the own best one", async () => {
    const page = bench.small;
    await page.open("epochs=4&runs=5&control=1");
    await page.click("Train");
    await page.reach("finished");
    await page.unfold();
    const models = await runs(page);
    const rows = await differences(page);
    assert.deepEqual([...new Set(rows.map(({ pair }) => pair))], ["custom,dense", "custom,control", "dense,control"]);
    assert.equal(rows.length, 12, "three pairs, four measures");
    for (const { pair, measure, last, best } of rows) {
      const [a, b] = pair.split(",").map((name) => models[name]);
      assert.equal(a.length, 5);
      const bestOf = (epochs) => epochs.reduce((least, epoch) => (epoch.val_loss < least.val_loss ? epoch : least));
      // Of 750 images, a fifth validates.
      const values = { loss: (epoch) => epoch.val_loss, mistakes: (epoch) => Math.round((1 - epoch.val_accuracy) * 150) }[measure];
      if (!values) continue;
      for (const [what, shown, pick] of [["last", last, (epochs) => epochs.at(-1)], ["best", best, bestOf]]) {
        const apart = a.map((epochs, run) => values(pick(epochs)) - values(pick(b[run])));
        const [middle, low, high] = interval(apart, T95, measure === "mistakes" ? 1 : 0);
        close(shown.mean, middle, `${pair} ${measure} ${what}`);
        close(shown.low, low, `${pair} ${measure} ${what} from`);
        close(shown.high, high, `${pair} ${measure} ${what} to`);
        const [first, second] = [apart.filter((one) => one < 0).length, apart.filter((one) => one > 0).length];
        assert.match(shown.wins, new RegExp(`^${first} : ${second}`), `${pair} ${measure} ${what}`);
      }
    }
  });

  test("over several runs the answer says how large a difference is, with its interval", async () => {
    const page = bench.small;
    await page.open("epochs=2&runs=5");
    await page.click("Train");
    await page.reach("finished");
    await page.until("the answer", () => /over 5.runs/.test(document.querySelector("#verdict .moment").textContent));
    const models = await runs(page);
    const apart = models.custom.map((epochs, run) => Math.round(150 * (models.dense[run].at(-1).val_accuracy - epochs.at(-1).val_accuracy)));
    const [middle, low, high] = interval(apart, T_SHARED[4], 1);
    const said = (await page.text("#verdict [data-criterion=mistakes] .said")).replaceAll("\u00a0", " ").replaceAll("−", "-");
    if (apart.every((one) => one === 0)) assert.match(said, /The same in every run/);
    else {
      const [, name, size, from, to] = /(Custom|Dense) makes ([\d.]+) fewer on average \(98\.3 % interval: (-?[\d.]+) to (-?[\d.]+)\)/.exec(said) ?? assert.fail(said);
      const sign = name === "Custom" ? -1 : 1;
      const [least, most] = [sign * low, sign * high].sort((x, y) => x - y);
      for (const [shown, expected] of [[size, sign * middle], [from, least], [to, most]]) assert.ok(Math.abs(Number(shown) - expected) < 0.06, `${said}: ${expected}`);
    }
  });

  test("with two seeds, the read-out says at the pointer which network leads by what interval", async () => {
    const page = bench.small;
    await page.open("epochs=3&runs=2");
    await page.click("Train");
    await page.reach("finished");
    const slider = await page.find("#curves [role=slider]");
    await page.run((element) => element.focus(), slider);
    const models = await runs(page);
    for (const epoch of [3, 2]) {
      if (epoch === 2) await slider.sendKeys(page.key("arrow_left"));
      await page.until(`epoch ${epoch}`, (wanted) => document.querySelector("#readout caption").textContent.startsWith(`Epoch ${wanted}`), epoch);
      const apart = models.custom.map((epochs, run) => epochs[epoch - 1].val_loss - models.dense[run][epoch - 1].val_loss);
      const [middle, low, high] = interval(apart, T_SHARED[1]);
      const said = (await page.text("#leads")).replaceAll("\u00a0", " ").replaceAll("−", "-");
      const [, name, size, from, to] = /^(Custom|Dense) is ahead by ([\d.]+) \((-?[\d.]+) to (-?[\d.]+)\) in loss, not clearly/.exec(said) ?? assert.fail(said);
      const sign = name === "Custom" ? -1 : 1;
      const [least, most] = [sign * low, sign * high].sort((x, y) => x - y);
      for (const [shown, expected] of [[size, sign * middle], [from, least], [to, most]]) assert.ok(Math.abs(Number(shown) - expected) < 2e-3 * Math.max(1, Math.abs(expected)), `${said}: ${expected}`);
    }
  });

  test("a network's own best epoch is told: its least validation loss, and when", async () => {
    const page = bench.small;
    await page.open("epochs=6&lr=0.003");
    await page.click("Train");
    await page.reach("finished");
    const history = await page.history();
    assert.equal(history.length, 6);
    for (const model of ["custom", "dense"]) {
      const losses = history.map((epoch) => Number(epoch[model].val_loss));
      const least = Math.min(...losses);
      const wanted = new RegExp(`(Its best epoch was ${losses.indexOf(least) + 1}, with a loss of ${least.toFixed(3)}\\.|memorise after epoch ${losses.indexOf(least) + 1}.*climbs from ${least.toFixed(3)})`);
      const said = await page.until("the best epoch", (name) => {
        const text = document.querySelector(`#verdict-text [data-model=${name}]`).textContent.replaceAll("\u00a0", " ");
        return /best epoch|memorise after|guessing/.test(text) && text;
      }, model);
      if (!/guessing/.test(said)) assert.match(said, wanted, model);
    }
  });
});
