// The same tests in each browser, each with a server of its own, and what must hold after each.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, describe, test as nodeTest } from "node:test";

import { BROWSERS, Browser, MISSING } from "./browsers.js";
import { Page } from "./page.js";
import { serve } from "./server.js";
import { readManifest, smallData } from "./small.js";

const here = import.meta.dirname;

/** The folder of the built site. */
export const SITE = process.env.SITE ?? join(here, "../../../dist");

/** Why tests that need MNIST cannot run; `false` where they can. */
export const noMnist = readManifest(SITE).source === "mnist" ? false : "the site carries SYNTHETIC digits, not MNIST";

/** What the tests have a host serve beside the site: they may run the compiled core without the page. */
const BESIDE = {
  "tests/": "..",
  "keras/": "../../keras",
  "first-version/": "../../first-version",
  "pkg/": "../../../www/pkg",
};

/** Made once, and only where it is needed. @type {Map<string, Buffer> | undefined} */
let small;

/**
 * What the tests of one browser share.
 * @typedef {object} Bench
 * @property {import("./browsers.js").Name} name Of the browser.
 * @property {Browser} browser
 * @property {() => Promise<void>} start Starts one.
 * @property {import("./server.js").Server} server
 * @property {Page} page With all images.
 * @property {import("./server.js").Server} smallServer
 * @property {Page} small With a few images, on which an epoch takes next to no time.
 * @property {RegExp} [tolerated] Complaints that this test provokes and expects.
 */

/**
 * @typedef {object} Options
 * @property {Record<string, import("./browsers.js").Preferences>} [preferences] Of each browser.
 * @property {import("./browsers.js").Name[]} [only] The browsers that can tell what is tested.
 */

/**
 * A browser that is left out, or is not to be had, is a test that is skipped.
 * @param {string} title
 * @param {(bench: Bench) => void} tests May read only `bench.name` outside of tests: hooks fill in the rest.
 * @param {Options} [options]
 */
export function inEachBrowser(title, tests, { preferences = {}, only } = {}) {
  // At the same time: while one waits, another works.
  describe(title, { concurrency: BROWSERS.length }, () => {
    for (const name of BROWSERS) {
      const reason =
        MISSING[name] ||
        (only && !only.includes(name) && `only ${only.join(" and ")} can tell`);
      if (reason) {
        nodeTest(`${title}, in ${name}`, { skip: reason }, () => {});
        continue;
      }
      describe(`${title}, in ${name}`, { concurrency: 1 }, () => {
        const bench = /** @type {Bench} */ ({ name });
        before(async () => {
          small ??= smallData(SITE);
          const beside = Object.fromEntries(Object.entries(BESIDE).map(([path, folder]) => [path, join(here, folder)]));
          bench.server = await serve({ site: SITE, beside });
          bench.smallServer = await serve({ site: SITE, instead: small, beside });
          bench.start = async () => {
            bench.browser = await Browser.start(name, preferences[name]);
            bench.page = new Page(bench.browser, bench.server.url);
            bench.small = new Page(bench.browser, bench.smallServer.url);
          };
          await bench.start();
        });
        afterEach(() => expectQuiet(bench));
        after(async () => {
          await bench.browser?.stop();
          await bench.server?.close();
          await bench.smallServer?.close();
        });
        collecting = bench;
        tests(bench);
        collecting = undefined;
      });
    }
  });
}

/** Whose tests are being listed. @type {Bench | undefined} */
let collecting;

/**
 * As Node's. But if the browser itself has crashed, or doesn't answer any more, as WebKitGTK does now and then, the test is
 * run once more in a new browser, and says so.
 * @param {string} name
 * @param {import("node:test").TestOptions | ((t: import("node:test").TestContext) => unknown)} options
 * @param {(t: import("node:test").TestContext) => unknown} [act]
 */
export function test(name, options, act) {
  const bench = collecting;
  const task = typeof options === "function" ? options : act;
  return nodeTest(name, typeof options === "function" ? {} : options, async (t) => {
    try {
      await task?.(t);
    } catch (error) {
      if (!bench || !(await bench.browser?.remote.hasCrashed?.())) throw error;
      t.diagnostic(`The browser has crashed, or doesn't answer (${String(error)}); run again in a new one.`);
      await bench.browser.stop();
      await bench.start();
      await task?.(t);
    }
  });
}

/** Errors about files still being fetched or cached as their page was left: Firefox's, then WebKit's. */
const LEFT = new RegExp([
  "Failed to load .* A ServiceWorker intercepted the request and encountered an unexpected error",
  "Cache API operation failed: Context is stopped$",
  "(Fetch API c|C)annot load (blob:)?http://127\\.0\\.0\\.1:.* due to access control checks\\.$",
].join("|"));

/**
 * After every test: nothing uncaught, no error in the console, no request to another origin.
 * @param {Bench} bench
 */
async function expectQuiet(bench) {
  const { browser, server, smallServer, tolerated } = bench;
  delete bench.tolerated;
  server.mend();
  smallServer.mend();
  const { complaints, requests } = await browser.remote.take();
  assert.deepEqual(complaints.filter((complaint) => !LEFT.test(complaint) && !tolerated?.test(complaint)), [], "the browser complains");
  const ours = [`${server.origin}/`, `${smallServer.origin}/`, "about:", "blob:", "data:"];
  const foreign = requests.filter((url) => !ours.some((start) => url.startsWith(start)));
  assert.deepEqual(foreign, [], "requests to other origins");
}
