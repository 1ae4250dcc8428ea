// A first visit: what comes before the first answer, what comes after it, and what comes only if somebody wants it.

import assert from "node:assert/strict";

import { Page } from "./harness/page.js";
import { DIGITS, draw } from "./harness/pointer.js";
import { watchWorkers } from "./harness/sabotage.js";
import { serve } from "./harness/server.js";
import { inEachBrowser, SITE, test } from "./harness/suite.js";

/** @typedef {import("./harness/browsers.js").Browser} Browser */

/** Requests before the first answer, at most. */
const MOST_REQUESTS = 15;
const SECOND_HALF = /^assets\/second-half-/;
const IMAGES = /^data\//;

/** Runs in the page before its own scripts: the visitor wants to save data. */
const SAVING = `() => Object.defineProperty(Navigator.prototype, "connection", { get: () => ({ saveData: true }) })`;

/** Runs in the page before its own scripts: it never loses its patience with a busy line. */
const PATIENT = `() => {
  const timer = globalThis.setTimeout;
  globalThis.setTimeout = (act, wait, ...rest) => (wait > 2000 ? 0 : timer(act, wait, ...rest));
}`;

/**
 * Does something while pages find themselves on a line on which data are to be saved.
 * @param {Browser} browser
 * @param {() => Promise<void>} act
 */
async function onSavingLine({ remote }, act) {
  const end = await remote.preload(SAVING);
  await act();
  await end();
}

/**
 * The requests of the pool's workers, those of a worker in a list.
 * @param {Page} page
 * @returns {Promise<{ type: string, part?: string, digit?: number, job?: string }[][]>}
 */
const heard = (page) => page.run(() => globalThis.watchedWorkers.map(({ requests }) => requests));

/**
 * The training images that each worker was given.
 * @param {Page} page
 */
const given = async (page) => (await heard(page)).map((requests) => requests
  .flatMap(({ type, part, digit }) => (type === "images" && part === "train" ? [digit] : [])));

/**
 * Puts a host that nobody has visited in the place of the small one: no earlier page's service worker asks it for anything.
 * @param {import("./harness/suite.js").Bench} bench
 */
async function serveAnew(bench) {
  await bench.small.forget();
  await bench.browser.remote.take(); // what the other host was asked for until now
  await bench.smallServer.close();
  bench.smallServer = await serve({ site: SITE });
  bench.small = new Page(bench.browser, bench.smallServer.url);
}

/** @param {Page} page */
const waitForAnswers = (page) => page.until("answers", () => ["custom", "dense"].every((model) =>
  document.querySelector(`#${model}-prediction`)?.textContent));

inEachBrowser("A first visit", (bench) => {
  test("the first answer needs few files", async () => {
    const { page, server } = bench;
    server.requests.length = 0;
    await page.openNew();
    await waitForAnswers(page);
    const paths = server.requests.map(({ path }) => path).filter((path) => path !== "/absent");
    const later = paths.findIndex((path) => SECOND_HALF.test(path) || IMAGES.test(path) || path === "sw.js");
    const first = later === -1 ? paths : paths.slice(0, later);
    for (const needed of [/^index\.html$/, /\.css$/, /\.wasm$/, /custom-.*\.safetensors$/, /dense-.*\.safetensors$/])
      assert.ok(first.some((path) => needed.test(path)), `${needed} is among the first: ${first.join(", ")}`);
    assert.ok(first.length <= MOST_REQUESTS, `${first.length} requests: ${first.join(", ")}`);
  });

  test("images wait for somebody who wants them, where data are to be saved", async () => {
    const { small: page, smallServer: server, browser } = bench;
    await onSavingLine(browser, async () => {
      await page.openNew("epochs=1");
      await page.pass(1000);
      server.requests.length = 0;
      await page.run(() => navigator.serviceWorker.ready.then(() => undefined));
      assert.deepEqual(server.requests.filter(({ path }) => IMAGES.test(path)), []);
      await page.click("Next image");
      await page.until("a test digit on the pad", () => /^(A|✗ It’s a)\s0\b/.test(document.querySelector(".pad-words")?.textContent ?? ""));

      await page.openNew("epochs=1");
      await page.click("Train");
      await page.reach("finished");
      assert.equal((await page.history()).length, 1);
    });
  });

  test("workers have the images before Train is pressed", async () => {
    const { small: page, browser } = bench;
    const endWatching = await watchWorkers(browser);
    await page.openNew("epochs=1");
    await page.until("images in each worker", () => {
      const all = globalThis.watchedWorkers.map(({ requests }) => requests.filter(({ type, part }) => type === "images" && part === "train"));
      return all.length > 1 && all.every((images) => images.length === 3);
    });
    const before = await given(page);
    await page.click("Train");
    await page.reach("finished");
    assert.deepEqual(await given(page), before);
    await endWatching();
  });

  test("what is like the training digits is asked only once somebody has drawn", async () => {
    const { page, browser } = bench;
    const endWatching = await watchWorkers(browser);
    const features = async () => (await heard(page)).flat().filter(({ job }) => job === "features").length;
    await page.openNew();
    await waitForAnswers(page);
    await page.until("images in a worker", () => globalThis.watchedWorkers.some(({ requests }) => requests.some(({ type }) => type === "images")));
    await page.pass(500);
    assert.equal(await features(), 0);
    await draw(page, DIGITS[2]);
    await page.until("features", () => globalThis.watchedWorkers.some(({ requests }) => requests.some(({ job }) => job === "features")));
    await endWatching();
  });

  test("the second half does not come: the page says so, and goes on", async () => {
    bench.tolerated = /[Ff]ailed to (load|fetch)|ServiceWorker|integrity|bad-precaching|dynamically imported module|disallowed MIME type/;
    const { small: page, smallServer: server } = bench;
    server.spoil(SECOND_HALF, "missing");
    await page.openNew("epochs=1");
    await page.until("a sentence", () => document.querySelector("#half-failed"));
    assert.match(await page.text("#half-failed"), /^The rest of the page didn’t arrive: .*Reload$/);
    await page.click("Train");
    await page.reach("finished");
    assert.match(await page.text("#status"), /^Finished after 1\sepoch/);
    server.mend();
    // By hand, as scrolling to it would have the page try again.
    await page.run(() => document.querySelector("#half-failed button").click());
    await page.until("the second half", () => document.querySelector("#log .log-rows li:not(.quiet)"));
    assert.equal(await page.run(() => document.querySelector("#half-failed")), null);
    assert.ok(await page.run(() => !document.querySelector("#settings-form :disabled, #keep-title + p + .buttons :disabled")), "it can be used");
  });

  for (const [what, want] of /** @type {[string, (page: Page) => Promise<void>][]} */ ([
    ["a key", (page) => page.driver.actions().sendKeys(page.key("tab")).perform()],
    ["scrolling there", (page) => page.run(() => document.querySelector(".second-half").scrollIntoView())],
  ])) {
    test(`the second half comes at once for ${what}`, async () => {
      await serveAnew(bench);
      const { small: page, smallServer: server, browser } = bench;
      const end = await browser.remote.preload(PATIENT);
      server.spoil(/\.safetensors$/, "slow"); // so that the line is not idle
      await page.ask("epochs=1");
      await page.reach("ready");
      assert.ok(!server.requests.some(({ path }) => SECOND_HALF.test(path)));
      await want(page);
      await page.until("the second half", () => document.querySelector(".second-half > section") && !document.querySelector(".second-half [data-waiting]"));
      assert.ok(server.requests.some(({ path }) => SECOND_HALF.test(path)));
      await end();
    });
  }
});
