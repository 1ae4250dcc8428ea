// The page as a visitor has it: by the names that it promises.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const { Key } = createRequire(import.meta.url)("selenium-webdriver");

const LONG = 60_000; // ms; nothing that is waited for here takes that long

/** @typedef {import("./browsers.js").Browser} Browser */
/** @typedef {import("selenium-webdriver").WebElement} WebElement */

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
   * Opens the page afresh.
   * @param {string} [hash] The settings.
   * @param {string} [state] To wait for.
   */
  async open(hash = "", state = "ready") {
    await this.driver.get("about:blank"); // a new hash alone would load nothing
    await this.driver.get(this.url + (hash && `#${hash}`));
    await this.reach(state);
  }

  /**
   * Opens the page as a visitor would who has never been here.
   * @param {string} [hash]
   * @param {string} [state]
   */
  async openNew(hash = "", state = "ready") {
    await this.driver.get(`${this.url}absent`);
    await this.run(async () => {
      localStorage.clear();
      for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await this.open(hash, state);
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
    const outcome = await this.driver.executeAsyncScript(`
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
        done({ late: "the state is " + document.body.dataset.state + ", the status “" + status + "”" });
      })();`, LONG, ...args);
    if ("value" in outcome) return outcome.value;
    throw new Error(`Waiting for ${what}: ${outcome.error ?? outcome.late}`);
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
   * The visible control with this accessible name.
   * @param {string} name
   * @param {string} [selector]
   * @returns {Promise<WebElement>}
   */
  async control(name, selector = "button") {
    const found = await this.run(
      (css, wanted) => [...document.querySelectorAll(css)].filter((control) => {
        const label = control.getAttribute("aria-label") ?? (control.labels?.[0] ?? control).textContent;
        return label.replace(/\s+/g, " ").trim() === wanted && control.checkVisibility();
      }),
      selector,
      name,
    );
    assert.equal(found.length, 1, `${found.length} controls are named “${name}”`);
    assert.equal(await found[0].getAccessibleName(), name);
    return found[0];
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

  /** The buttons of a run that are there and can be pressed. */
  async pressable() {
    return this.run(() => [...document.querySelectorAll("#run > .buttons button")]
      .filter((button) => button.checkVisibility() && !button.disabled)
      .map((button) => button.textContent.trim()));
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
   * Waits until every model has this many epochs.
   * @param {number} epochs
   * @param {string[]} [models]
   */
  epochs(epochs, models = ["custom", "dense"]) {
    return this.until(`${epochs} epochs`, (count, kinds) => {
      const row = document.querySelector(`table#history tr[data-epoch="${count}"]`);
      return row && kinds.every((kind) => row.querySelector(`td[data-model=${kind}][data-metric=val_loss][data-value]`));
    }, epochs, models);
  }

  /** What each model answers, as text; empty without an answer. */
  async answers() {
    return { custom: await this.text("output#custom-prediction"), dense: await this.text("output#dense-prediction") };
  }
}
