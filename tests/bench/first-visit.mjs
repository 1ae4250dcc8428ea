// Times a first visit over a slow connection. Also by itself: `cargo xtask build`, then
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
import { table } from "./table.mjs";

const RTT = Number(process.env.RTT ?? 150); // ms
const DOWN = 1.6e6 / 8; // bytes a second
const UP = 0.75e6 / 8;
const VISITS = 3;
/** Images and their positions, for training and for the test, of three digits. */
const FILES = 2 * 2 * 3;

/** What is waited for, by the name of its time. */
const WAITED = {
  words: "the page's words are there",
  pad: "the pad can be drawn on, and Train pressed",
  answer: "both networks answer a drawing",
  half: "the page's second half is there",
};

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
 * @param {string} url
 * @param {(page: Page) => Promise<T>} visit
 */
async function inNewBrowser(url, visit) {
  const browser = await Browser.start("chromium");
  try {
    await browser.remote.preload(NOTE);
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

/**
 * Visits a site some times, each as if for the first time.
 * @param {string} site Its folder; where there are compressed files, they are sent.
 * @returns {Promise<Record<string, string | number>[]>} Rows: seconds until something that is waited for, and what is sent.
 */
export async function firstVisits(site) {
  const sent = { requests: 0, bytes: 0 };
  const files = host(site, () => ({ "Cache-Control": "max-age=31536000" }));
  const server = createServer((request, response) => {
    response.on("finish", () => {
      sent.requests += 1;
      sent.bytes += Number(response.getHeader("Content-Length") ?? 0);
    });
    files(request, response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}/`;
  const visits = [];
  for (let count = 0; count < VISITS; count++) visits.push(await inNewBrowser(url, slowVisit));
  sent.requests = sent.bytes = 0;
  await inNewBrowser(url, wholeVisit);
  server.close();

  const what = `first visit (${DOWN * 8 / 1e6} Mbit/s, ${RTT} ms a request, ${VISITS} times)`;
  const rows = Object.entries(WAITED).map(([name, waited]) => {
    const times = visits.map(({ times: all }) => all[name] / 1000).sort((a, b) => a - b);
    return { [what]: `${waited}, s`, median: times[VISITS >> 1], least: times[0], most: times[VISITS - 1] };
  });
  const [{ before }] = visits;
  const bytes = before.reduce((all, each) => all + each, 0);
  return [
    ...rows,
    { [what]: "requests before the answer", median: before.length },
    { [what]: "for them, MB", median: bytes / 1e6 },
    { [what]: "requests in all, on a good line", median: sent.requests },
    { [what]: "for them, MB", median: sent.bytes / 1e6 },
  ];
}

if (process.argv[1] === import.meta.filename) {
  console.log(table(await firstVisits(process.env.SITE ?? join(import.meta.dirname, "../../dist"))));
}
