// Times a first visit over a slow connection: `cargo xtask build`, then
// `node tests/bench/first-visit.mjs`.
//
// Chromium itself slows the network down. RTT says how long each request waits; connections are
// those of HTTP/1.1, six at a time, and cost nothing to open.

import { createServer } from "node:http";
import { join } from "node:path";

import { host } from "../../xtask/host.mjs";
import { Browser } from "../page/harness/browsers.js";
import { Page } from "../page/harness/page.js";
import { DIGITS, draw } from "../page/harness/pointer.js";

const SITE = process.env.SITE ?? join(import.meta.dirname, "../../dist");
const RTT = Number(process.env.RTT ?? 150); // ms
const DOWN = 1.6e6 / 8; // bytes a second
const UP = 0.75e6 / 8;
const VISITS = 5;
/** Images and their positions, for training and for the test, of three digits. */
const FILES = 2 * 2 * 3;

/** What a visit asks for. */
const sent = { requests: 0, bytes: 0 };

/** It sends the compressed files. */
const files = host(SITE, () => ({ "Cache-Control": "max-age=31536000" }));
const server = createServer((request, response) => {
  response.on("finish", () => {
    sent.requests += 1;
    sent.bytes += Number(response.getHeader("Content-Length") ?? 0);
  });
  files(request, response);
});

/** Runs in the page before its own scripts: notes when what is waited for comes. */
const NOTE = `() => {
  const times = (globalThis.times = {});
  const look = () => {
    if (!document.body) return;
    const half = document.querySelector(".second-half");
    const seen = {
      pad: document.querySelector('canvas[aria-label="Drawing pad"]') && document.body.dataset.state === "ready",
      answer: document.querySelector("#custom-prediction")?.textContent && document.querySelector("#dense-prediction")?.textContent,
      half: half?.firstElementChild && !half.querySelector("[data-waiting]"),
    };
    for (const [name, there] of Object.entries(seen)) if (there) times[name] ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}`;

/**
 * Opens the page in a browser that has never been there.
 * @template T
 * @param {(page: Page) => Promise<T>} visit
 */
async function inNewBrowser(visit) {
  const browser = await Browser.start("chromium");
  try {
    await browser.watched.send("script.addPreloadScript", { functionDeclaration: NOTE });
    return await visit(new Page(browser, url));
  } finally {
    await browser.stop();
  }
}

/**
 * The times of a visit over the slow connection, in ms, and what was asked for before the answer.
 * @param {Page} page
 */
async function slowVisit(page) {
  const driver = /** @type {import("selenium-webdriver/chrome").Driver} */ (page.driver);
  await driver.sendDevToolsCommand("Network.enable", {});
  await driver.sendDevToolsCommand("Network.emulateNetworkConditions", {
    offline: false,
    latency: RTT,
    downloadThroughput: DOWN,
    uploadThroughput: UP,
  });
  await page.ask();
  await page.reach("ready");
  await draw(page, DIGITS[2]);
  await page.until("answers and the second half", () => {
    const { answer, half } = /** @type {any} */ (window).times;
    return answer && half;
  });
  return page.run(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [document] = performance.getEntriesByType("navigation");
    const times = /** @type {any} */ (window).times;
    const others = performance.getEntriesByType("resource").filter(({ startTime }) => startTime < times.answer);
    const before = /** @type {PerformanceResourceTiming[]} */ ([document, ...others]).map(({ encodedBodySize }) => encodedBodySize);
    return { times: { ...times, words: paint.startTime }, before };
  });
}

/**
 * A visit on a good line, with images and all that is kept for the next.
 * @param {Page} page
 */
async function wholeVisit(page) {
  await page.open();
  await page.until("the images", (files) => {
    const fetched = performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.endsWith(".bin"));
    return fetched.length === files;
  }, FILES);
  await page.run(() => navigator.serviceWorker.ready.then(() => undefined));
}

await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const url = `http://127.0.0.1:${port}/`;
const visits = [];
for (let count = 0; count < VISITS; count++) visits.push(await inNewBrowser(slowVisit));
sent.requests = sent.bytes = 0;
await inNewBrowser(wholeVisit);
server.close();

console.log(`${VISITS} first visits in Chromium, ${DOWN * 8 / 1e6} Mbit/s down, ${RTT} ms a request; seconds, median and range`);
for (const [name, what] of Object.entries({
  words: "the page's words are there",
  pad: "the pad can be drawn on, and Train pressed",
  answer: "both networks answer a drawing",
  half: "the page's second half is there",
})) {
  const all = visits.map(({ times }) => times[name] / 1000).sort((a, b) => a - b);
  const [least, median, most] = [all[0], all[VISITS >> 1], all[VISITS - 1]].map((time) => time.toFixed(1));
  console.log(`${what.padEnd(44)} ${median.padStart(6)}  (${least} to ${most})`);
}
const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
const before = visits[0].before;
console.log(`Before the answer, a visit makes ${before.length} requests, for ${megabytes(before.reduce((all, bytes) => all + bytes))}.`);
console.log(`In all, on a good line, it makes ${sent.requests} requests, for ${megabytes(sent.bytes)}.`);
