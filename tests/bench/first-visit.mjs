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
    const seen = {
      pad: document.querySelector('canvas[aria-label="Drawing pad"]') && document.body.dataset.state === "ready",
      answer: document.querySelector("#custom-prediction")?.textContent && document.querySelector("#dense-prediction")?.textContent,
    };
    for (const [name, there] of Object.entries(seen)) if (there) times[name] ??= performance.now();
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}`;

/** @param {string} url */
async function visit(url) {
  const browser = await Browser.start("chromium");
  try {
    await browser.watched.send("script.addPreloadScript", { functionDeclaration: NOTE });
    const driver = /** @type {import("selenium-webdriver/chrome").Driver} */ (browser.driver);
    await driver.sendDevToolsCommand("Network.enable", {});
    await driver.sendDevToolsCommand("Network.emulateNetworkConditions", {
      offline: false,
      latency: RTT,
      downloadThroughput: DOWN,
      uploadThroughput: UP,
    });
    const page = new Page(browser, url);
    await page.open();
    await draw(page, DIGITS[2]);
    await page.until("answers", () => /** @type {any} */ (window).times.answer);
    const images = await page.until("the images", (files) => {
      const fetched = performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.endsWith(".bin"));
      return fetched.length === files && Math.max(...fetched.map((entry) => /** @type {any} */ (entry).responseEnd));
    }, FILES);
    await page.run(() => navigator.serviceWorker.ready.then(() => undefined));
    return await page.run((last) => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return { .../** @type {any} */ (window).times, words: paint.startTime, images: last };
    }, images);
  } finally {
    await browser.stop();
  }
}

await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const visits = [];
for (let count = 0; count < VISITS; count++) visits.push(await visit(`http://127.0.0.1:${port}/`));
server.close();

console.log(`${VISITS} first visits in Chromium, ${DOWN * 8 / 1e6} Mbit/s down, ${RTT} ms a request; seconds, median and range`);
for (const [name, what] of Object.entries({
  words: "the page's words are there",
  pad: "the pad can be drawn on, and Train pressed",
  answer: "both networks answer a drawing",
  images: "all images of 0, 2 and 5 are there",
})) {
  const times = visits.map((each) => each[name] / 1000).sort((a, b) => a - b);
  const [least, median, most] = [times[0], times[VISITS >> 1], times[VISITS - 1]].map((time) => time.toFixed(1));
  console.log(`${what.padEnd(44)} ${median.padStart(6)}  (${least} to ${most})`);
}
const [requests, megabytes] = [sent.requests / VISITS, sent.bytes / VISITS / 1e6];
console.log(`A visit made ${requests.toFixed(0)} requests, for ${megabytes.toFixed(2)} MB.`);
