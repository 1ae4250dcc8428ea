// The log of experiments: what was done is there at the next visit, shows again, and is drawn beside what is shown.

import assert from "node:assert/strict";

import { noPointer } from "./harness/browsers.js";
import { download } from "./harness/downloads.js";
import { press } from "./harness/pointer.js";
import { inEachBrowser, test } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

/** Two small networks, which learn in no time. */
const SMALL = "networks=a:relu9,cubic4;b:relu8@0.1";

/** The rows of the log, the newest first. @param {Page} page */
const rows = (page) => page.run(() => [...document.querySelectorAll(".log-row")].map((row) => ({
  number: Number(/\d+/.exec(row.querySelector(".number").textContent)[0]),
  title: row.querySelector(".what p").textContent.replaceAll("\u00a0", " "),
  mistakes: row.querySelector(".mistakes").textContent.replaceAll("\u00a0", " "),
  isShown: row.classList.contains("shown"),
  lines: row.querySelectorAll(".sparkline polyline, .sparkline circle").length,
})));

/** @param {Page} page @param {number} count */
const until = (page, count) => page.until(`${count} experiments`, (wanted) => document.querySelectorAll(".log-row").length === wanted, count);

/** @param {Page} page @param {string} pattern */
const said = (page, pattern) => page.until(`“${pattern}”`, (wanted) =>
  new RegExp(wanted).test(document.querySelector("#log-note").textContent), pattern);

/** Trains with these settings, to the end, and until that is kept. @param {Page} page @param {string} hash */
async function train(page, hash) {
  await page.open(hash);
  await page.click("Train");
  await page.reach("finished");
  await page.until("it in the log", () => document.querySelector(".log-row.shown"));
}

/**
 * Does something with the browser's database.
 * @param {Page} page
 * @param {string} task With `entries` and `contents`, the stores.
 */
const inDatabase = (page, task) => page.driver.executeAsyncScript(`
  const done = arguments[0];
  const opening = indexedDB.open("experiments of " + new URL("./", document.baseURI).pathname);
  opening.onerror = () => done(String(opening.error));
  opening.onsuccess = () => {
    const transaction = opening.result.transaction(["entries", "contents"], "readwrite");
    const [entries, contents] = ["entries", "contents"].map((name) => transaction.objectStore(name));
    transaction.oncomplete = () => { opening.result.close(); done("done"); };
    transaction.onabort = () => done(String(transaction.error));
    ${task}
  };`);

/** @param {Page} page */
const chart = (page) => page.run(() => document.querySelector("#loss-chart canvas").getAttribute("aria-label"));

inEachBrowser("Log", (bench) => {
  test("an experiment is there at the next visit, and shows again to the last bit", async () => {
    const page = bench.small;
    await page.openNew(`${SMALL}&epochs=3&seed=4`);
    assert.deepEqual(await rows(page), []);
    assert.match(await page.text("#log"), /Nothing yet\./);
    await page.click("Train");
    await page.reach("finished");
    await until(page, 1);
    const history = await page.history();
    const verdict = () => page.run(() => [".criteria", "#verdict-text"].map((css) => document.querySelector(`#verdict ${css}`).textContent).join(""));
    await page.until("the end", () => /After 3.epochs of your run/.test(document.querySelector("#verdict .moment").textContent));
    const found = await verdict();
    const [row] = await rows(page);
    assert.equal(row.number, 1);
    assert.equal(row.title, "A relu9, cubic4 and b relu8 at 0.1 · 3 epochs");
    assert.ok(row.isShown);
    assert.equal(row.lines, 2);
    // The mistakes are those that the last accuracies make.
    const images = Number(/Mistakes of ([\d,]+) digits/.exec(await page.text("#curves"))[1].replace(",", ""));
    const wrong = ["a", "b"].map((name) => Math.round((1 - history[2][name].val_accuracy) * images));
    assert.equal(row.mistakes, `mistakes: a ${wrong[0]}b ${wrong[1]}`);

    await page.open("epochs=9");
    await until(page, 1);
    assert.equal((await rows(page))[0].isShown, false);
    await page.click("Show experiment 1");
    await page.reach("finished");
    await said(page, "^Experiment 1 is on the page");
    assert.match(await page.run(() => location.hash), /epochs=3&.*seed=4&.*networks=a:relu9,cubic4;b:relu8@0\.1$/);
    assert.deepEqual(await page.history(), history);
    // All that is said of it but the tests, which come anew.
    assert.equal(await verdict(), found);
    assert.deepEqual((await rows(page)).map(({ isShown }) => isShown), [true], "what is shown again is no new experiment");
    await page.until("answers", () => [...document.querySelectorAll("output[id$=prediction]")].every((output) => output.textContent !== ""));
    // It can be trained again, from its settings.
    await page.click("Train");
    await until(page, 2);
    await page.reach("finished");
    assert.deepEqual(await page.history(), history);
  });

  test("its curves are drawn over others, by mouse, and taken away where they are drawn", async () => {
    const page = bench.small;
    await page.openNew();
    await train(page, `${SMALL}&epochs=3`);
    await train(page, `${SMALL}&epochs=4&lr=0.1`);
    await until(page, 2);
    await page.until("the last epoch", () => /after epoch 4/.test(document.querySelector("#loss-chart canvas").ariaLabel));
    assert.doesNotMatch(await chart(page), /Dashed/);
    const picture = () => page.run(() => document.querySelector("#loss-chart canvas").toDataURL());
    const plain = await picture();
    await press(page, "mouse", await page.control("Overlay experiment 1"));
    await page.until("the curves", () => /Dashed, of earlier experiments: 1 a: [\d.]+ after epoch 3; 1 b: /.test(document.querySelector("#loss-chart canvas").ariaLabel));
    await page.until("the picture", (old) => document.querySelector("#loss-chart canvas").toDataURL() !== old, plain);
    assert.match(await page.text("#chart-note"), /Dashed, from what you have tried: 1\W+A relu9/);
    await page.click("Go to the curves");
    assert.ok(await page.run(() => document.querySelector("#curves").contains(document.activeElement)));
    await (await page.control("experiment 1", "#curves input")).click();
    await page.until("no curves", () => !/Dashed/.test(document.querySelector("#loss-chart canvas").ariaLabel));
    assert.equal(await page.run((button) => button.ariaPressed, await page.control("Overlay experiment 1")), "false");
  });

  const kind = noPointer(bench.name, "touch") ? "mouse" : "touch";
  test(`works by ${kind} and by keys`, async () => {
    const page = bench.small;
    await page.openNew();
    await train(page, `${SMALL}&epochs=2`);
    await until(page, 1);
    await page.click("Reset");
    await page.reach("ready");
    await press(page, kind, await page.control("Overlay experiment 1"));
    await page.until("the curves", () => /Dashed/.test(document.querySelector("#loss-chart canvas").ariaLabel));
    const show = await page.control("Show experiment 1");
    await page.run((button) => button.focus(), show);
    const keys = async (...names) => (await page.driver.switchTo().activeElement()).sendKeys(page.key(...names));
    await keys("enter");
    await page.reach("finished");
    await page.epochs(2, ["a", "b"]);
    assert.ok(await page.run(() => document.querySelector("#log").contains(document.activeElement)), "the keyboard is not lost");
  });

  test("one is deleted, brought back, and deleted for good", async () => {
    const page = bench.small;
    await page.openNew();
    await train(page, `${SMALL}&epochs=2`);
    await train(page, `${SMALL}&epochs=1`);
    await until(page, 2);
    await page.click("Delete experiment 1");
    await until(page, 1);
    await page.click("Bring it back");
    await until(page, 2);
    assert.deepEqual((await rows(page)).map(({ number }) => number), [2, 1]);
    await page.click("Delete experiment 1");
    await said(page, "^Experiment 1 is deleted\\.");
    await page.open();
    await until(page, 1);
    assert.deepEqual((await rows(page)).map(({ number }) => number), [2]);
  });

  test("all of it is saved as JSON, with the histories that the page has", async () => {
    const page = bench.small;
    await page.openNew();
    await train(page, `${SMALL}&epochs=2&seed=3`);
    const history = await page.history();
    await page.unfold();
    const own = JSON.parse((await download(bench.browser, "history.json", () => page.click("History as JSON"))).toString());
    const { experiments } = JSON.parse((await download(bench.browser, "experiments.json", () => page.click("Save all as JSON"))).toString());
    assert.equal(experiments.length, 1);
    const [{ settings, runs }] = experiments;
    assert.equal(`#${settings}`, await page.run(() => location.hash));
    assert.equal(runs[0].seed, 3);
    for (const name of ["a", "b"])
      for (const metric of ["loss", "accuracy", "val_loss", "val_accuracy"]) {
        assert.deepEqual(runs[0].histories[name][metric], own[name][metric]);
        assert.equal(String(runs[0].histories[name][metric][1]), history[1][name][metric]);
      }
  });

  test("what others wrote into the database is left out, said, and can be deleted", async () => {
    const page = bench.small;
    await page.openNew();
    await train(page, `${SMALL}&epochs=2`);
    await until(page, 1);
    assert.equal(await inDatabase(page, `
      entries.put({ id: "x" });
      entries.put({ id: 5, number: 1, hash: "epochs=<b>", values: [[]], losses: 7 });
      entries.put({ id: [1, 2], hash: { toString() { return "" } }.hash });`), "done");
    await page.open();
    await until(page, 1);
    await said(page, "3 stored experiments are left out: they can’t be read\\.");
    await page.click("Delete what can’t be read");
    await page.until("nothing left out", () => !/left out/.test(document.querySelector("#log-note").textContent));
    await page.open();
    await until(page, 1);
    assert.doesNotMatch(await page.text("#log-note"), /left out/);
    // What brings it back is not what its settings make.
    assert.equal(await inDatabase(page, `
      const cursor = contents.openCursor();
      cursor.onsuccess = () => contents.put({ ...cursor.result.value, ends: [{ weights: new Uint16Array(3) }, null] });`), "done");
    await page.open();
    await until(page, 1);
    await page.click("Show experiment 1");
    await said(page, "^What was kept of experiment 1 can’t be read, so it can’t be shown\\.");
    assert.equal(await page.state(), "ready");
  });

  test("a database of another page is left alone, and the log lives for this visit", async () => {
    const page = bench.small;
    await page.openNew();
    await page.driver.get(`${page.url}absent`);
    const made = await page.driver.executeAsyncScript(`
      const done = arguments[0];
      const name = "experiments of " + new URL("./", location.href).pathname;
      const deleting = indexedDB.deleteDatabase(name);
      deleting.onsuccess = () => {
        const opening = indexedDB.open(name, 9);
        opening.onupgradeneeded = () => opening.result.createObjectStore("theirs");
        opening.onsuccess = () => { opening.result.close(); done("made"); };
      };`);
    assert.equal(made, "made");
    await page.open(`${SMALL}&epochs=2`);
    await page.until("a word", () => /keeps nothing for the page/.test(document.querySelector("#log").textContent));
    await page.click("Train");
    await page.reach("finished");
    await until(page, 1);
    await page.click("Reset");
    await page.click("Show experiment 1");
    await page.reach("finished");
    await page.epochs(2, ["a", "b"]);
    await page.openNew();
  });

  test("a database that is taken away while the page is open is no obstacle", async () => {
    const page = bench.small;
    await page.openNew();
    await train(page, `${SMALL}&epochs=2`);
    await until(page, 1);
    await page.driver.executeAsyncScript(`
      const done = arguments[0];
      const gone = indexedDB.deleteDatabase("experiments of " + new URL("./", document.baseURI).pathname);
      gone.onsuccess = gone.onerror = () => done();`);
    await page.click("Reset");
    await page.click("Show experiment 1");
    await said(page, "can’t be read, so it can’t be shown");
    await page.click("Delete experiment 1");
    await until(page, 0);
    await page.click("Train");
    await page.reach("finished");
    await until(page, 1);
    assert.match(await page.text("#log"), /keeps no more for the page/);
    await page.openNew();
  });

  test("where the browser refuses, it says so, and the log lives for this visit", async () => {
    const page = bench.small;
    await page.openNew();
    const undo = await bench.browser.remote.preload(
      `() => { IDBFactory.prototype.open = () => { throw new DOMException("refused", "SecurityError"); }; }`,
    );
    await page.open(`${SMALL}&epochs=2`);
    await page.until("a word", () => /keeps nothing for the page/.test(document.querySelector("#log").textContent));
    await page.click("Train");
    await page.reach("finished");
    await until(page, 1);
    await page.click("Overlay experiment 1");
    await page.until("the curves", () => /Dashed/.test(document.querySelector("#loss-chart canvas").ariaLabel));
    await undo();
    await page.open();
    await page.until("the log", () => /Kept in this browser/.test(document.querySelector("#log").textContent));
    assert.deepEqual(await rows(page), []);
  });
});
