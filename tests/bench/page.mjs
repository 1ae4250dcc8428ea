// What the bench does with a page by WebDriver.

import { Browser } from "../page/harness/browsers.js";
import { Page } from "../page/harness/page.js";

/** What lets Firefox tell parts of a millisecond. */
const PREFERENCES = { firefox: { "privacy.reduceTimerPrecision": false } };

/**
 * Opens a browser for a task, and closes it whatever happens.
 * @template T
 * @param {import("../page/harness/browsers.js").Name} name
 * @param {string} url Of the site.
 * @param {(page: Page) => Promise<T>} task
 */
export async function withPage(name, url, task) {
  const browser = await Browser.start(name, PREFERENCES[name]);
  try {
    return await task(new Page(browser, url));
  } finally {
    await browser.stop();
  }
}

/**
 * Runs an asynchronous function body in the page; `args` stand for its arguments.
 * @param {Page} page
 * @param {string} body
 * @param {unknown[]} args
 */
export async function inPage(page, body, ...args) {
  const outcome = await page.driver.executeAsyncScript(
    `const done = arguments[arguments.length - 1];
     const args = [...arguments].slice(0, -1);
     (async () => { ${body} })().then((value) => done(JSON.stringify({ value })),
       (error) => done(JSON.stringify({ error: String(error) })));`,
    ...args,
  );
  const { value, error } = JSON.parse(outcome);
  if (error) throw new Error(error);
  return value;
}

/** Seconds of each epoch of these networks, which train at once, and of all. The page is `tests/protocol.html`. */
export const trainingSpeed = (page, networks, epochs) =>
  inPage(page, 'const { trainingSpeed } = await import("./bench/speed.js"); return trainingSpeed(...args);', networks, epochs);

/** Seconds from Train until all is done, in the page itself, whose images are there before. */
export async function trainingSeconds(page, hash, digits = 3) {
  await page.open(hash);
  // Of each digit images and their positions, for training and for the test.
  await page.until("the images", (files) =>
    performance.getEntriesByType("resource").filter(({ name }) => name.includes(".bin")).length === files, 4 * digits);
  return inPage(page, 'return (await import("./tests/bench/in-page.js")).trainingSeconds();');
}
