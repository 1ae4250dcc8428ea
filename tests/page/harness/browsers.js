// Headless Firefox and Chromium, each with a profile of its own that is gone afterwards.

import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { watch } from "./watch.js";

const require = createRequire(import.meta.url);
const { Builder } = require("selenium-webdriver");
const chrome = require("selenium-webdriver/chrome");
const firefox = require("selenium-webdriver/firefox");

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */
/** @typedef {"firefox" | "chromium"} Name */
/** @typedef {Record<string, string | number | boolean>} Preferences By the names that the browser has for them. */

// The drivers are where `cargo xtask test` or the system has put them; nothing is downloaded.
const PATHS = {
  firefox: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
  geckodriver: process.env.GECKODRIVER ?? join(process.env.HOME ?? "", ".cargo/bin/geckodriver"),
  chromium: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromedriver: process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver",
};

/** Those to test in; `BROWSERS=chromium` leaves the other out. */
export const BROWSERS = /** @type {Name[]} */ (process.env.BROWSERS ?? "firefox,chromium").split(",");

const SCRIPT_TIMEOUT = 1_200_000; // ms; a wait that long has failed

/** A browser under test. */
export class Browser {
  /**
   * @param {Name} name
   * @param {WebDriver} driver
   * @param {Awaited<ReturnType<typeof watch>>} watched
   * @param {string} folder
   */
  constructor(name, driver, watched, folder) {
    this.name = name;
    this.driver = driver;
    this.watched = watched;
    /** Where its downloads land. */
    this.downloads = join(folder, "downloads");
    this.folder = folder;
  }

  /**
   * @param {Name} name
   * @param {Preferences} [preferences]
   */
  static async start(name, preferences = {}) {
    const folder = await mkdtemp(join(tmpdir(), `page-test-${name}-`));
    const driver = await (name === "firefox" ? startFirefox(folder, preferences) : startChromium(folder, preferences));
    await driver.manage().setTimeouts({ script: SCRIPT_TIMEOUT });
    const browser = new Browser(name, driver, await watch(driver), folder);
    await browser.setViewport(1280, 900);
    return browser;
  }

  async stop() {
    await this.driver.quit();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * @param {number} width In CSS pixels.
   * @param {number} height
   */
  async setViewport(width, height) {
    const context = await this.driver.getWindowHandle();
    await this.watched.send("browsingContext.setViewport", { context, viewport: { width, height } });
  }

  /** @param {"light" | "dark"} scheme */
  async setScheme(scheme) {
    if (this.name === "chromium") {
      const features = [{ name: "prefers-color-scheme", value: scheme }];
      await this.driver.sendDevToolsCommand("Emulation.setEmulatedMedia", { features });
      return;
    }
    const { driver } = this;
    await driver.setContext(firefox.Context.CHROME);
    const name = "layout.css.prefers-color-scheme.content-override";
    await driver.executeScript("Services.prefs.setIntPref(arguments[0], arguments[1])", name, scheme === "dark" ? 0 : 1);
    await driver.setContext(firefox.Context.CONTENT);
  }

  /**
   * Makes Chromium a telephone, or a desk again.
   * @param {boolean} on
   */
  async emulateTouch(on) {
    await this.driver.sendDevToolsCommand("Emulation.setTouchEmulationEnabled", { enabled: on, maxTouchPoints: 5 });
  }
}

/**
 * @param {string} folder
 * @param {Preferences} preferences
 */
function startFirefox(folder, preferences) {
  const options = new firefox.Options().setBinary(PATHS.firefox).addArguments("-headless");
  options.setPreference("browser.download.folderList", 2);
  options.setPreference("browser.download.dir", join(folder, "downloads"));
  options.setPreference("browser.download.always_ask_before_handling_new_types", false);
  for (const [key, value] of Object.entries(preferences)) options.setPreference(key, value);
  options.set("webSocketUrl", true);
  // The colour scheme is set from the browser's own context.
  const service = new firefox.ServiceBuilder(PATHS.geckodriver).addArguments("--allow-system-access");
  return new Builder().disableEnvironmentOverrides().forBrowser("firefox").setFirefoxOptions(options).setFirefoxService(service).build();
}

/**
 * @param {string} folder
 * @param {Preferences} preferences
 */
function startChromium(folder, preferences) {
  const options = new chrome.Options().setBinaryPath(PATHS.chromium);
  options.addArguments(
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--user-data-dir=${join(folder, "profile")}`,
  );
  options.setUserPreferences({
    "download.default_directory": join(folder, "downloads"),
    "download.prompt_for_download": false,
    ...preferences,
  });
  options.set("webSocketUrl", true);
  const service = new chrome.ServiceBuilder(PATHS.chromedriver);
  return new Builder().disableEnvironmentOverrides().forBrowser("chrome").setChromeOptions(options).setChromeService(service).build();
}
