// The page without a network, and after an update.

import assert from "node:assert/strict";
import { test } from "node:test";

import { anotherBuild, buildOf } from "./harness/builds.js";
import { DIGITS, draw } from "./harness/pointer.js";
import { inEachBrowser, noMnist, SITE } from "./harness/suite.js";

/** @typedef {import("./harness/page.js").Page} Page */

const FIRST = buildOf(SITE);
const SECOND = "2222222222222222";
const THIRD = "3333333333333333";
/** The list, and four files for each of three digits. */
const FILES_OF_DATA = 13;

/**
 * Waits until a function in the page, which may be asynchronous, gives something true.
 * @template R
 * @param {Page} page
 * @param {string} what
 * @param {() => R} condition
 * @returns {Promise<Awaited<R>>}
 */
async function eventually(page, what, condition) {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await page.run(condition);
    if (value) return value;
    if (Date.now() > end) throw new Error(`Waiting for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Waits until the page is kept for later, with its images.
 * @param {Page} page
 */
async function kept(page) {
  await page.run(() => navigator.serviceWorker.ready);
  await eventually(page, "a service worker that has begun", () => navigator.serviceWorker.controller);
  const files = () => caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("data/")).map((name) => caches.open(name))))
    .then((opened) => Promise.all(opened.map((cache) => cache.keys())))
    .then((keys) => keys.flat().length);
  const end = Date.now() + 30_000;
  while ((await page.run(files)) !== FILES_OF_DATA) assert.ok(Date.now() < end, "all images are kept");
}

/**
 * The builds that the caches hold: whether each is whole.
 * @param {Page} page
 */
const builds = (page) => page.run(async () => {
  /** @type {Record<string, boolean>} */
  const found = {};
  for (const name of (await caches.keys()).filter((each) => !each.startsWith("data/"))) {
    const keys = await (await caches.open(name)).keys();
    const build = keys.map(({ url }) => /\/([0-9a-f]{16})\/main\.js$/.exec(url)?.[1]).find(Boolean);
    found[build ?? name] = keys.some(({ url }) => url.endsWith("/index.html"));
  }
  return found;
});

/**
 * The folders that the page's own files came from, workers and all.
 * @param {Page} page
 */
const folders = (page) => page.run(() => {
  const urls = performance.getEntriesByType("resource").map(({ name }) => name);
  const found = urls.map((url) => /\/base\/([0-9a-f]{16})\//.exec(url)?.[1]).filter(Boolean);
  return [...new Set(found)];
});

/**
 * Has the browser look for an update now, and waits for its end, be it good or bad.
 * @param {Page} page
 */
async function update(page) {
  await page.run(() => navigator.serviceWorker.getRegistration().then((it) => it?.update()).catch(() => {}));
  await eventually(page, "the end of the update", () =>
    navigator.serviceWorker.getRegistration().then((it) => it?.active && !it.installing));
}

/**
 * A first training.
 * @param {Page} page
 */
async function train(page) {
  await page.click("Train");
  await page.reach("finished");
  assert.equal((await page.history()).length, 1);
}

/** What browsers say where a server is silent, and a service worker in between. */
const NETWORK_TROUBLE = /Failed to (load|fetch)|ServiceWorker|is not the one of this build/;

inEachBrowser("Offline", (bench) => {
  test("works after one visit", async () => {
    const { page, server } = bench;
    await page.open();
    await kept(page);
    await server.stop();
    await page.open("epochs=1&control=1");
    if (!noMnist) {
      await draw(page, DIGITS[2]);
      await page.until("an answer before training", () =>
        document.querySelector("#custom-prediction")?.textContent?.startsWith("2"));
    }
    await train(page);
    assert.deepEqual(Object.keys((await page.history())[0]).sort(), ["control", "custom", "dense"]);
  });

  test("says what it has not, and fetches it when the network is back", async () => {
    bench.tolerated = NETWORK_TROUBLE;
    const { page, server } = bench;
    await page.open("digits=1,7&epochs=1", "failed");
    assert.match(await page.text("#status"), /^\S+\.bin could not be loaded: the network did not bring it\.$/);
    await server.start();
    await page.click("Retry");
    await page.reach("ready");
    await train(page);
  });

  test("governs workers where the host does not", async () => {
    const { small: page, smallServer: server } = bench;
    server.govern(null);
    await page.open();
    await kept(page);
    const meta = await page.run(() =>
      document.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content"));
    const paths = ["main.js", "worker.js", "pkg/mnist_cubic.js", "pkg/mnist_cubic_bg.wasm"];
    const answers = await page.run((build, names) => Promise.all(names.map(async (name) => {
      const { headers } = await fetch(`${build}/${name}`);
      return ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"].map((header) => headers.get(header));
    })), FIRST, paths);
    for (const answer of answers) assert.deepEqual(answer, [`${meta}; frame-ancestors 'none'`, "nosniff", "no-referrer"]);
    await page.open("epochs=1");
    await train(page);
  });

  test("takes an update whole, beside a page of the build before", async () => {
    const { small: page, smallServer: server, browser } = bench;
    const { driver } = browser;
    await page.open();
    await kept(page);
    server.replace(anotherBuild(SITE, SECOND, "The second build"));
    const old = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    await page.open("epochs=1");
    assert.equal(await page.text("h1"), "The second build");
    assert.deepEqual(await folders(page), [SECOND]);
    await eventually(page, "the second build in the caches", () =>
      navigator.serviceWorker.getRegistration().then((registration) => registration?.waiting));
    assert.deepEqual(await builds(page), { [FIRST]: true, [SECOND]: true });

    await server.stop();
    await page.open("epochs=1");
    assert.equal(await page.text("h1"), "The second build", "the newest, without a network");
    await train(page);
    assert.deepEqual(await folders(page), [SECOND]);
    await driver.close();

    await driver.switchTo().window(old);
    await page.run(() => (location.hash = "epochs=1&control=1")); // a worker more
    await train(page);
    assert.deepEqual(await folders(page), [FIRST]);

    await server.start();
    await driver.get("about:blank");
    await page.open();
    await eventually(page, "the end of the first build", () => caches.keys().then((names) => names.length === 2));
    assert.deepEqual(await builds(page), { [SECOND]: true });
  });

  for (const fault of /** @type {const} */ (["cut", "page"])) {
    test(`keeps no part of an update that is ${fault}`, async () => {
      bench.tolerated = NETWORK_TROUBLE;
      const { small: page, smallServer: server } = bench;
      server.replace(anotherBuild(SITE, THIRD, "The third build"));
      // What the page does not need at once, so that the page itself comes.
      server.spoil(/keras-reference\.json$/, fault);
      server.requests.length = 0;
      await page.open("epochs=1");
      await update(page);
      const paths = server.requests.map(({ path }) => path);
      assert.ok(paths.includes(`${THIRD}/keras-reference.json`), "the update was tried");
      // The browser may try again by itself: what counts is what is left.
      const end = Date.now() + 30_000;
      while (Object.keys(await builds(page)).length > 1) assert.ok(Date.now() < end, "parts of the update are left");
      assert.deepEqual(await builds(page), { [SECOND]: true });
      await server.stop();
      await page.open("epochs=1");
      assert.equal(await page.text("h1"), "The second build");
      await server.start();
    });
  }

  test("takes the update when it is whole", async () => {
    const { small: page } = bench;
    await page.open();
    await update(page);
    await eventually(page, "the third build in the caches", () =>
      caches.match("3333333333333333/main.js").then(Boolean));
    assert.deepEqual(await folders(page), [THIRD]);
  });

  test("does not wait for a network that is silent", async () => {
    const { small: page, smallServer: server } = bench;
    server.spoil(/./, "silent");
    await page.open("epochs=1");
    await train(page);
  });
}, { together: true });
