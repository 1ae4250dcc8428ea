// Over plain http browsers give a page less: no offline worker, no caches, no hashes, no clipboard, and of a pointer only
// where it is now.

import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { before } from "node:test";

import { Page } from "./harness/page.js";
import { DIGITS, draw } from "./harness/pointer.js";
import { serve } from "./harness/server.js";
import { smallData } from "./harness/small.js";
import { inEachBrowser, noMnist, SITE, test } from "./harness/suite.js";

/** Browsers trust 127.0.0.1, and no other address of this machine. */
const ADDRESS = Object.values(networkInterfaces()).flat()
  .find((one) => one?.family === "IPv4" && !one.internal)?.address;

inEachBrowser("Plain http", (bench) => {
  const skip = ADDRESS === undefined && "this machine has no address but its own";
  before(async () => {
    if (skip) return;
    await bench.smallServer.close();
    bench.smallServer = await serve({ site: SITE, instead: smallData(SITE), address: ADDRESS });
    bench.small = new Page(bench.browser, bench.smallServer.url);
  });

  test("the page draws, answers and trains", { skip: skip || noMnist }, async () => {
    const { small: page } = bench;
    await page.open("epochs=2");
    assert.equal(await page.run(() => isSecureContext), false);
    await draw(page, DIGITS[2]);
    await page.until("an answer", () => document.querySelector("#dense-prediction").textContent.startsWith("2"));
    await page.click("Train");
    await page.reach("finished");
    assert.equal((await page.history()).length, 2);
    await page.until("the experiment in the log", () => document.querySelector(".log-row"));
  });

  test("the experiment is kept, and shows again", { skip }, async () => {
    const { small: page } = bench;
    await page.open("epochs=2");
    await page.until("the log", () => document.querySelector(".log-row"));
    await page.click("Show experiment 1");
    await page.reach("finished");
    await page.epochs(2);
  });

  test("a link that cannot be copied is said", { skip }, async () => {
    const { small: page } = bench;
    await page.click("Copy the experiment’s link");
    await page.until("the link", (url) => document.querySelector("#takeaway-note").textContent
      .startsWith(`The browser would not copy it. The link is: ${url}#`), page.url);
  });
});
