// The page as a visitor has it: by the names that it promises.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { LONG } from "./timeouts.js";

const { Key } = createRequire(import.meta.url)("selenium-webdriver");

/** @typedef {import("./browsers.js").Browser} Browser */
/** @typedef {import("selenium-webdriver").WebElement} WebElement */

/**
 * The constant part of a button's name.
 * @param {string} name
 */
const plain = (name) => name.replace(/^Train .*/, "Train");

/** The page, open in a browser. */
export class Page {
  /**
   * @param {Browser} browser
   * @param {string} url
   */
  constructor(browser, url) {
    this.browser = browser;
    this.driver = browser.driver;
    this.url = url;
  }

  /**
   * Opens the page afresh, in full if `state` is ready.
   * @param {string} [hash] The settings.
   * @param {string} [state] To wait for.
   */
  async open(hash = "", state = "ready") {
    await this.ask(hash);
    await this.reach(state);
    if (state === "ready") await this.whole();
  }

  /** Waits for the page's second half, if it has one. */
  whole() {
    return this.until("the second half", () => {
      const place = document.querySelector(".second-half");
      const isThere = place?.firstElementChild && !place.querySelector("[data-waiting]");
      return !place || isThere || document.querySelector("#half-failed");
    });
  }

  /**
   * Opens the page without waiting for its scripts.
   * @param {string} [hash]
   */
  async ask(hash = "") {
    await this.driver.get("about:blank"); // a new hash alone would load nothing
    await this.driver.get(this.url + (hash && `#${hash}`));
  }

  /**
   * Opens the page as a visitor would who has never been here.
   * @param {string} [hash]
   * @param {string} [state]
   */
  async openNew(hash = "", state = "ready") {
    await this.forget();
    await this.open(hash, state);
  }

  /** Leaves nothing in the browser of earlier visits. */
  async forget() {
    // Outside of the service worker's scope: what controls no page is gone once it is unregistered.
    await this.driver.get(new URL("/absent", this.url).href);
    const { name, remote } = this.browser;
    if (remote.forget) return this.forgetInTime();
    if (name === "chromium") await this.endWorkers();
    await this.forgetWorkers();
    await this.run(async () => {
      for (const { name } of await indexedDB.databases()) {
        const gone = indexedDB.deleteDatabase(name);
        await new Promise((resolve) => (gone.onsuccess = gone.onerror = resolve));
      }
    });
  }

  /**
   * In Chromium, a service worker that is unregistered while a page of it is still being closed comes back with the next
   * registration as it was, and controls nothing.
   */
  endWorkers() {
    const { origin } = new URL(this.url);
    const driver = /** @type {import("selenium-webdriver/chrome").Driver} */ (this.driver);
    return driver.sendDevToolsCommand("Storage.clearDataForOrigin", { origin, storageTypes: "service_workers" });
  }

  forgetWorkers() {
    return this.run(async () => {
      localStorage.clear();
      for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
    });
  }

  /** In WebKitGTK, which now and then never answers: the browser is given up then. */
  async forgetInTime() {
    const { remote } = this.browser;
    const forgetting = async () => {
      await this.forgetWorkers();
      await this.run(async () => {
        // A service worker that the page before has just asked for may still come.
        for (let rest = 0; rest < 3; rest++) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          const [workers, names] = [await navigator.serviceWorker.getRegistrations(), await caches.keys()];
          if (workers.length + names.length > 0) rest = -1;
          for (const worker of workers) await worker.unregister();
          for (const name of names) await caches.delete(name);
        }
      });
      await remote.forget?.();
    };
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => {
        remote.giveUp?.();
        reject(new Error("The browser did not forget its earlier visits."));
      }, LONG);
    });
    await Promise.race([forgetting(), late]).finally(() => clearTimeout(timer));
  }

  /**
   * Runs a function in the page.
   * @template {unknown[]} A, R
   * @param {(...args: A) => R} task Sees nothing but its arguments.
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  run(task, ...args) {
    return this.driver.executeScript(`return (${task}).apply(null, arguments)`, ...args);
  }

  /**
   * Waits until a function in the page returns something true, and returns that.
   * @template {unknown[]} A, R
   * @param {string} what
   * @param {(...args: A) => R} condition
   * @param {A} args
   * @returns {Promise<R>}
   */
  async until(what, condition, ...args) {
    /** @type {{ value?: any, error?: string, late?: string }} */
    const outcome = await this.inNextPageToo(() => this.driver.executeAsyncScript(`
      const [limit, ...args] = [...arguments].slice(0, -1);
      const done = arguments[arguments.length - 1];
      const end = Date.now() + limit;
      (function look() {
        let value;
        try {
          value = (${condition})(...args);
        } catch (error) {
          return done({ error: String(error) });
        }
        if (value) return done({ value });
        if (Date.now() < end) return setTimeout(look, 40);
        const status = document.querySelector("#status")?.textContent;
        const worker = navigator.serviceWorker?.controller?.state;
        const arrived = performance.getEntriesByType("resource").map(({ name }) => name.split("/").pop());
        done({ late: "the state is " + document.body.dataset.state + ", the status “" + status + "”, the service worker " + worker + ", and these have arrived: " + arrived.join(" ") });
      })();`, LONG, ...args));
    if ("value" in outcome) return outcome.value;
    throw new Error(`Waiting for ${what}: ${outcome.error ?? outcome.late}`);
  }

  /**
   * Retries if the page navigates away meanwhile: drivers may report a click as done before its navigation.
   * @template T
   * @param {() => Promise<T>} look
   * @returns {Promise<T>}
   */
  async inNextPageToo(look) {
    try {
      return await look();
    } catch (error) {
      if (!/before the unload event|Document was unloaded/.test(String(error))) throw error;
      return this.inNextPageToo(look);
    }
  }

  /** @param {string[]} states */
  reach(...states) {
    return this.until(states.join(" or "), (names) => names.includes(document.body.dataset.state ?? ""), states);
  }

  state() {
    return this.run(() => document.body.dataset.state);
  }

  /** @param {string} selector */
  async text(selector) {
    return (await this.run((css) => document.querySelector(css)?.textContent ?? "", selector)).trim();
  }

  /** @param {string} selector */
  find(selector) {
    return this.driver.findElement({ css: selector });
  }

  /**
   * The visible control with this accessible name, once there is one and no other; “Train” may go on: “Train both from
   * scratch”.
   * @param {string} name
   * @param {string} [selector]
   * @returns {Promise<WebElement>}
   */
  async control(name, selector = "button") {
    const found = await this.until(
      `one control named “${name}”`,
      (css, wanted) => {
        const named = [...document.querySelectorAll(css)].filter((control) => {
          // Not by `labels`: WebKitGTK 2.50 crashes when it collects that list after a label has gone.
          const labelled = control.closest("label") ?? (control.id && document.querySelector(`label[for="${control.id}"]`));
          const label = control.getAttribute("aria-label") ?? (labelled || control).textContent;
          const words = label.replace(/\s+/g, " ").trim();
          return (words === wanted || (wanted === "Train" && words.startsWith("Train "))) && control.checkVisibility();
        });
        return named.length === 1 && named[0];
      },
      selector,
      name,
    );
    assert.equal(plain(await found.getAccessibleName()), name);
    return found;
  }

  /**
   * Keys that are pressed together, to be sent to an element.
   * @param {...string} names Of WebDriver, or characters.
   */
  key(...names) {
    const keys = names.map((name) => Key[name.toUpperCase()] ?? name);
    return keys.length > 1 ? Key.chord(...keys) : keys[0];
  }

  /** @param {string} name */
  async click(name) {
    const button = await this.control(name);
    // By hand, since drivers stop at a part of the control that is in sight.
    await this.run((element) => element.scrollIntoView({ block: "center", behavior: "instant" }), button);
    await button.click();
  }

  /** Takes from the pad what the page itself has drawn there, for good. */
  async clearDemonstration() {
    await this.until("the page's own digit", () => {
      const clear = [...document.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === "Clear");
      return clear && !clear.disabled;
    });
    await this.click("Clear");
  }

  /** Which of a run's buttons are there and can be pressed. */
  async pressable() {
    const names = await this.run(() => [...document.querySelectorAll("#run .buttons button")]
      .filter((button) => button.checkVisibility() && !button.disabled)
      .map((button) => button.textContent.trim()));
    return names.map(plain);
  }

  /**
   * The table of epochs: of each, the numbers as they stand in `data-value`, by model and metric.
   * @returns {Promise<Record<string, Record<string, string>>[]>}
   */
  history() {
    return this.run(() => [...document.querySelectorAll("table#history tr[data-epoch]")].map((row) => {
      const epoch = {};
      for (const { dataset } of row.querySelectorAll("td[data-value]")) {
        (epoch[dataset.model] ??= {})[dataset.metric] = dataset.value;
      }
      return epoch;
    }));
  }

  /**
   * Waits until the table does not grow any more, and returns it. Where training goes on it always does.
   * @param {number} [rest] How long it must stay as it is, in ms.
   */
  async settledHistory(rest = 500) {
    for (let looks = 0; looks < 40; looks++) {
      const before = await this.history();
      await this.pass(rest);
      if (JSON.stringify(await this.history()) === JSON.stringify(before)) return before;
    }
    return assert.fail("the table goes on growing");
  }

  /**
   * Lets time pass in the page.
   * @param {number} milliseconds
   */
  pass(milliseconds) {
    return this.driver.executeAsyncScript("setTimeout(arguments[1], arguments[0])", milliseconds);
  }

  /** Unfolds what can be unfolded. */
  unfold() {
    return this.run(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
  }

  /**
   * Waits until every network has this many epochs.
   * @param {number} epochs
   * @param {string[]} [models]
   */
  epochs(epochs, models = ["custom", "dense"]) {
    return this.until(`${epochs} epochs`, (count, kinds) => {
      const row = document.querySelector(`table#history tr[data-epoch="${count}"]`);
      return row && kinds.every((kind) => row.querySelector(`td[data-model=${kind}][data-metric=val_loss][data-value]`));
    }, epochs, models);
  }

  /** What each network answers, as text; empty without an answer. */
  async answers() {
    return { custom: await this.text("output#custom-prediction"), dense: await this.text("output#dense-prediction") };
  }
}
