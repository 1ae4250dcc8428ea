// The page without a network, after an update, and beside other apps of its origin.

import assert from "node:assert/strict";
import { before } from "node:test";

import { anotherBuild, assetsOf } from "./harness/builds.js";
import { hostBefore } from "./harness/neighbours.js";
import { Page } from "./harness/page.js";
import { DIGITS, draw } from "./harness/pointer.js";
import { WORKER } from "./harness/sabotage.js";
import { inEachBrowser, noMnist, SITE, test } from "./harness/suite.js";
import { LONG } from "./harness/timeouts.js";

const ASSETS = assetsOf(SITE);
/** The list, and four files for each of three digits. */
const FILES_OF_DATA = 13;

/**
 * Waits until a function in the page, which may be asynchronous, gives something true.
 * @template {unknown[]} A, R
 * @param {Page} page
 * @param {string} what
 * @param {(...args: A) => R} condition
 * @param {A} args
 * @returns {Promise<Awaited<R>>}
 */
async function eventually(page, what, condition, ...args) {
  const end = Date.now() + LONG;
  for (;;) {
    const value = await page.run(condition, ...args);
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
  await eventually(page, "all images", async (count) => {
    const names = (await caches.keys()).filter((name) => name.startsWith("images of "));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().length === count;
  }, FILES_OF_DATA);
}

/** The build that a file belongs to, by its name: the first, or one that a test made. */
const BUILD = "assets/[^/]*?(?:-(second|third|fourth|fifth))?\\.\\w+$";

/**
 * The builds that the page's own files came from, workers and all.
 * @param {Page} page
 */
const inUse = (page) => page.run((pattern) => {
  const found = performance.getEntriesByType("resource").map(({ name }) => new RegExp(pattern).exec(name));
  return [...new Set(found.filter(Boolean).map((match) => match[1] ?? "first"))];
}, BUILD);

/**
 * The builds that parts are kept of.
 * @param {Page} page
 */
const builds = (page) => page.run(async (pattern) => {
  const names = (await caches.keys()).filter((name) => name.startsWith("files of "));
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  const found = keys.flat().map(({ url }) => new RegExp(pattern).exec(url)).filter(Boolean);
  return [...new Set(found.map((match) => match[1] ?? "first"))].sort();
}, BUILD);

/**
 * Waits until parts of these builds are kept, and of no others: the end of one may still be under way.
 * @param {Page} page
 * @param {string[]} wanted
 */
async function expectBuilds(page, wanted) {
  const end = Date.now() + LONG;
  while (String(await builds(page)) !== String(wanted) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual(await builds(page), wanted);
}

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
 * Leaves the page until the update has begun, and opens it again.
 * @param {Page} page
 * @param {string} title That it then has.
 */
async function reopenAs(page, title) {
  // The same origin, but outside of the service worker's scope.
  await page.driver.get(new URL("/absent", page.url).href);
  await eventually(page, "the update's beginning", (scope) => navigator.serviceWorker.getRegistration(scope)
    .then((it) => it?.active?.state === "activated" && !it.waiting && !it.installing), page.url);
  await page.open("epochs=1");
  assert.equal(await page.text("h1"), title);
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
const NETWORK_TROUBLE = /[Ff]ailed to (load|fetch)|Load failed|API cannot load|Cannot load http|ServiceWorker|[Ii]ntegrity|bad-precaching|no-response|NetworkError/;

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
    await page.reach("finished");
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

  test("is kept although Train was pressed before the ready-made weights were there", async () => {
    const { small: page, smallServer: server } = bench;
    server.spoil(/safetensors$/, "slow");
    await page.openNew("epochs=1000");
    await page.click("Train");
    await page.epochs(1);
    // It waits for the weights, too, as for all files of the build.
    await eventually(page, "a service worker", () => navigator.serviceWorker.getRegistration().then((it) => it?.installing));
    server.mend();
    await eventually(page, "its beginning", () => navigator.serviceWorker.getRegistration().then((it) => it?.active));
    assert.equal(await page.state(), "training");
    await page.click("Reset");
  });

  test("governs workers where the host does not", async () => {
    const { small: page, smallServer: server } = bench;
    server.govern(null);
    await page.openNew();
    await kept(page);
    const meta = await page.run(() =>
      document.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content"));
    const answers = await page.run((names) => Promise.all(names.map(async (name) => {
      const { headers } = await fetch(name);
      return ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"].map((header) => headers.get(header));
    })), ASSETS);
    for (const answer of answers) assert.deepEqual(answer, [meta, "nosniff", "no-referrer"]);
    await page.open("epochs=1");
    await train(page);
  });

  test("takes an update whole, beside a page of the build before", async () => {
    bench.tolerated = NETWORK_TROUBLE;
    const { small: page, smallServer: server, browser: { driver } } = bench;
    await page.open();
    await kept(page);
    server.deploy(anotherBuild(SITE, "second", "The second build"));
    const old = await driver.getWindowHandle();
    await driver.switchTo().newWindow("tab");
    await page.open("epochs=1");
    assert.equal(await page.text("h1"), "The second build");
    assert.deepEqual(await inUse(page), ["second"]);
    await eventually(page, "the second build in the caches", () =>
      navigator.serviceWorker.getRegistration().then((registration) => registration?.waiting));
    assert.deepEqual(await builds(page), ["first", "second"]);

    await server.stop();
    await page.open("epochs=1");
    await train(page);
    assert.equal((await inUse(page)).length, 1, "without a network, one build or the other");
    await driver.close();

    await driver.switchTo().window(old);
    await page.run(() => (location.hash = "epochs=1&control=1")); // a network more
    await train(page);
    assert.deepEqual(await inUse(page), ["first"]);

    await server.start();
    await reopenAs(page, "The second build");
    await expectBuilds(page, ["second"]);
  });

  for (const fault of /** @type {const} */ (["cut", "page"])) {
    test(`uses no part of an update that is ${fault}`, async () => {
      bench.tolerated = NETWORK_TROUBLE;
      const { small: page, smallServer: server } = bench;
      server.deploy(anotherBuild(SITE, "third", "The third build"));
      // What the page does not need at once, so that the page itself comes.
      server.spoil(/extra-third\.txt$/, fault);
      server.requests.length = 0;
      await page.open("epochs=1");
      await update(page);
      assert.ok(server.requests.some(({ path }) => path === "extra-third.txt"), "the update was tried");
      assert.equal(await page.run(() => navigator.serviceWorker.getRegistration().then((it) => it?.waiting)), null);
      await server.stop();
      await page.open("epochs=1");
      assert.equal(await page.text("h1"), "The second build");
      await train(page);
      assert.deepEqual(await inUse(page), ["second"]);
      await server.start();
    });
  }

  test("takes the update when it is whole", async () => {
    bench.tolerated = NETWORK_TROUBLE;
    const { small: page, smallServer: server } = bench;
    await page.open();
    await update(page);
    await reopenAs(page, "The third build");
    await server.stop();
    await page.open("epochs=1");
    assert.equal(await page.text("h1"), "The third build");
    assert.deepEqual(await inUse(page), ["third"]);
    await expectBuilds(page, ["third"]);
    await server.start();
  });

  for (const [missing, name] of [["index", "fourth"], ["mount", "fifth"]]) {
    test(`shows a build that is kept while a host has the next without its ${missing} program`, async () => {
      bench.tolerated = NETWORK_TROUBLE;
      const { small: page, smallServer: server } = bench;
      server.deploy(anotherBuild(SITE, name, `The ${name} build`));
      server.spoil(new RegExp(`assets/${missing}-.*-${name}\\.js$`), "missing");
      await page.open("epochs=1");
      assert.notEqual(await page.text("h1"), `The ${name} build`);
      await train(page);
      const used = await inUse(page);
      assert.ok(used.length === 1 && used[0] !== name, String(used));
    });
  }

  test("keeps itself again where the browser has taken away what was kept", async () => {
    bench.tolerated = NETWORK_TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.deploy();
    await page.openNew();
    await kept(page);
    await page.run(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.open("epochs=1");
    await train(page);
    await eventually(page, "all files", async (count) => {
      const name = (await caches.keys()).find((one) => one.startsWith("files of "));
      return name && (await (await caches.open(name)).keys()).length > count;
    }, ASSETS.length);
    await kept(page);
    await server.stop();
    await page.open("epochs=1");
    await train(page);
    await server.start();
  });

  test("does not wait for a network that is silent", async () => {
    bench.tolerated = NETWORK_TROUBLE;
    const { small: page, smallServer: server } = bench;
    server.spoil(/./, "silent");
    await page.open("epochs=1");
    await train(page);
  });
});

inEachBrowser("A shared host", (bench) => {
  /** @type {Awaited<ReturnType<typeof hostBefore>>} */
  let host;
  /** @type {Page} */
  let page;
  before(async () => {
    host = await hostBefore(bench.smallServer);
    bench.smallServer = host;
    page = bench.small = new Page(bench.browser, host.url);
  });

  test("with another app that keeps every answer: nothing of it gets into the page", async () => {
    bench.tolerated = new RegExp(`${NETWORK_TROUBLE.source}|MIME|404|[Ll]oading`);
    host.send({});
    host.deploy();
    await page.forget();
    await page.driver.get(host.origin);
    await page.run(async () => {
      await navigator.serviceWorker.register("/sibling-sw.js");
      await navigator.serviceWorker.ready;
    });
    await eventually(page, "the other app's worker", () => navigator.serviceWorker.controller);
    // It governs our first visit, and has kept a wrong answer: of a file that the page does not begin with.
    await page.run(async (url) => {
      const cache = await caches.open("the sibling's");
      await cache.put(url, new Response("foreign()", { headers: { "Content-Type": "text/javascript" } }));
    }, host.url + ASSETS.find((name) => WORKER.test(name)));
    await page.open("epochs=1");
    await eventually(page, "our worker", () => navigator.serviceWorker.getRegistration()
      .then((it) => it?.active?.scriptURL.endsWith("/base/sw.js")));
    for (let visit = 0; visit < 2; visit++) {
      await page.open("epochs=1");
      await train(page);
    }
    const texts = await page.run(async () => {
      const name = (await caches.keys()).find((each) => each.startsWith("files of "));
      const cache = await caches.open(name ?? "");
      const answers = await Promise.all((await cache.keys()).map((request) => cache.match(request)));
      return Promise.all(answers.map(async (answer) => [answer?.status, answer?.headers.has("Content-Security-Policy"), await answer?.text()]));
    });
    assert.ok(texts.length >= ASSETS.length);
    for (const [status, isGoverned, text] of texts) {
      assert.deepEqual([status, isGoverned], [200, true]);
      assert.notEqual(text, "foreign()");
    }
    const theirs = await page.run(async () => (await (await caches.open("the sibling's")).keys()).length);
    assert.ok(theirs > 0, "and nothing of it is lost");
  });

  test("with caches of another app, and of an earlier version of the page: only these go", async () => {
    await page.forget();
    const theirs = ["data/ of another app", `files of ${host.url}another/`];
    await page.run(async (names, scope) => {
      for (const name of [...names, `0123abcd of ${scope}`, `data/ of ${scope}`]) await caches.open(name);
    }, theirs, host.url);
    await page.open();
    await kept(page);
    const names = await eventually(page, "the end of the earlier caches", async (scope) => {
      const all = await caches.keys();
      return all.some((name) => /^(0123abcd|data\/) of http/.test(name) && name.endsWith(scope)) ? null : all;
    }, host.url);
    for (const name of theirs) assert.ok(names.includes(name), name);
  });

  test("with another app that keeps settings of its own: neither sees the other's", async () => {
    // Pages are left while their files are on their way.
    bench.tolerated = new RegExp(`${NETWORK_TROUBLE.source}|[Ll]oading`);
    await page.driver.get(`${host.url}absent`);
    const theirs = JSON.stringify({ theme: "dark", user: "ann" });
    await page.run((text) => {
      localStorage.clear();
      localStorage.setItem("settings", text);
    }, theirs);
    await page.open();
    const problems = () => [...document.querySelectorAll("#settings-form .problem")].map(({ textContent }) => textContent).join("");
    assert.equal(await page.run(problems), "");
    assert.equal(await page.run(() => location.hash), "#digits=0,2,5&epochs=50&batch=32&lr=0.01&seed=1&runs=1");
    await page.open("seed=7");
    await page.open();
    assert.match(await page.run(() => location.hash), /seed=7/, "ours are kept");
    const all = await page.run(() => ({ ...localStorage }));
    assert.equal(all.settings, theirs);
    const path = new URL(host.url).pathname;
    for (const key of Object.keys(all)) assert.ok(key === "settings" || key.includes(path), `${key} names the page's place`);
  });

  // Last, as browsers keep what they have.
  for (const [what, headers] of /** @type {[string, Record<string, string>][]} */ ([
    ["that lets browsers keep everything for ten minutes", { "Cache-Control": "max-age=600" }],
    // Browsers keep it for a tenth of its age.
    ["that says nothing, of files a hundred days old", { "Last-Modified": new Date(Date.now() - 8.64e9).toUTCString() }],
  ])) {
    test(`${what}: after a deploy the page is the new one, and alive`, async () => {
      bench.tolerated = NETWORK_TROUBLE;
      const { remote } = bench.browser;
      host.send(headers);
      host.deploy();
      await page.openNew();
      await kept(page);
      await page.open("epochs=1"); // a second visit, of which the browser may keep the page
      assert.equal(await page.text("h1"), "Does a cubic layer help?");
      host.deploy(anotherBuild(SITE, "second", "The second build")); // the first is gone
      await page.open("epochs=1");
      if (remote.forgetLoaded) {
        // For as long as the host allows, WebKit shows what it has loaded, and does not ask the offline worker.
        await train(page);
        await remote.forgetLoaded();
        await page.open("epochs=1");
      }
      assert.equal(await page.text("h1"), "The second build");
      await train(page);
      await update(page);
      await reopenAs(page, "The second build");
      await expectBuilds(page, ["second"]);
      for (let visit = 0; visit < 2; visit++) {
        await page.open("epochs=1");
        assert.equal(await page.text("h1"), "The second build");
        assert.deepEqual(await inUse(page), ["second"]);
      }
      await train(page);
    });
  }
});

// Only Chromium can be told how much room there is.
inEachBrowser("A full disk", (bench) => {
  test("is no obstacle: what cannot be kept whole is kept when there is room", async () => {
    bench.tolerated = new RegExp(`${NETWORK_TROUBLE.source}|[Qq]uota`);
    const { page, server } = bench;
    const { origin } = server;
    const driver = /** @type {import("selenium-webdriver/chrome").Driver} */ (page.driver);
    await driver.get(`${page.url}absent`);
    await driver.sendDevToolsCommand("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1_000_000 });
    await page.open("epochs=1");
    await train(page);
    await eventually(page, "the end of the try", () => navigator.serviceWorker.getRegistration()
      .then((it) => !it?.installing && performance.now() > 5000));
    assert.equal(await page.run(() => navigator.serviceWorker.getRegistration().then((it) => it?.active ?? null)), null);
    await driver.sendDevToolsCommand("Storage.overrideQuotaForOrigin", { origin });
    await page.open("epochs=1");
    await kept(page);
    await server.stop();
    await page.open("epochs=1");
    await train(page);
    await server.start();
  });
}, { only: ["chromium"] });
