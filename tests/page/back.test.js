// The page after Back, where the browser has kept it as it was.

import assert from "node:assert/strict";
import { before } from "node:test";

import { hostBefore } from "./harness/neighbours.js";
import { Page } from "./harness/page.js";
import { inEachBrowser, test } from "./harness/suite.js";

/**
 * Leaves the page, and comes back to it.
 * @param {Page} page
 */
async function leaveAndComeBack(page) {
  await page.run(() => addEventListener("pageshow", ({ persisted }) => (globalThis.isKept = persisted)));
  await page.driver.get(`${page.url}absent`);
  await page.driver.navigate().back();
  await page.until("the page as it was", () => globalThis.isKept);
}

/** The experiments in the log, once there are so many. @param {Page} page @param {number} count */
const logged = (page, count) => page.until(`${count} experiments`, (wanted) => document.querySelectorAll(".log-row").length === wanted, count);

// Firefox 153 opens the page anew.
inEachBrowser("Back", (bench) => {
  before(async () => {
    // This host says nothing about caching. The usual one forbids it, and browsers keep no such page.
    bench.smallServer = await hostBefore(bench.smallServer);
    bench.small = new Page(bench.browser, bench.smallServer.url);
  });

  test("a training goes on, to the same numbers", async () => {
    const { small: page } = bench;
    await page.open("epochs=8");
    await page.click("Train");
    await page.reach("finished");
    await page.epochs(8);
    const expected = await page.history();
    await page.open("epochs=1000");
    await page.click("Train");
    await page.epochs(3);
    await leaveAndComeBack(page);
    await page.epochs(8);
    await page.click("Stop");
    await page.reach("finished");
    assert.deepEqual((await page.history()).slice(0, 8), expected);
  });

  test("the log keeps what is done then", async () => {
    const { small: page } = bench;
    await page.openNew("epochs=2");
    await page.click("Train");
    await page.reach("finished");
    await logged(page, 1);
    await leaveAndComeBack(page);
    await page.click("Train");
    await page.reach("finished");
    await logged(page, 2);
    await page.open("epochs=2");
    await logged(page, 2);
  });
}, {
  preferences: { chromium: { keepsLeft: true }, webkit: { keepsLeft: true } },
  only: ["chromium", "webkit"],
});
