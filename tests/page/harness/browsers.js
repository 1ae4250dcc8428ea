// Firefox, Chromium and WebKit, unseen, each with a profile of its own that is gone afterwards.
//
// None keeps a page for Back when it is left, unless a test asks Chromium or WebKit for it by `keepsLeft`. One that is left
// while it starts its workers would count as open for as long as it is kept, and a new service worker waits for that; one
// that is left while it opens a database would block the next in WebKitGTK.

import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { bidi } from "./bidi.js";
import { SCRIPT } from "./timeouts.js";
import { noWebKit, startWebKit } from "./webkit.js";

const require = createRequire(import.meta.url);
const { Builder } = require("selenium-webdriver");
const chrome = require("selenium-webdriver/chrome");
const firefox = require("selenium-webdriver/firefox");

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */
/** @typedef {"firefox" | "chromium" | "webkit"} Name */
/** @typedef {Record<string, string | number | boolean>} Preferences By the names that the browser has for them, and
 * `keepsLeft`. */

// The drivers are where `cargo xtask test` or the system has put them; nothing is downloaded.
const PATHS = {
  firefox: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
  geckodriver: process.env.GECKODRIVER ?? join(process.env.HOME ?? "", ".cargo/bin/geckodriver"),
  chromium: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromedriver: process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver",
};

/** Those to test in; `BROWSERS=chromium` leaves the others out. */
export const BROWSERS = /** @type {Name[]} */ ((process.env.BROWSERS ?? "firefox,chromium,webkit").split(","));

/** Why a browser cannot be had here, by its name. @type {Partial<Record<Name, string | false>>} */
export const MISSING = { webkit: BROWSERS.includes("webkit") && noWebKit() };

/**
 * Why a browser's driver has no such pointer; `false` where it has.
 * @param {Name} name
 * @param {string} kind
 */
export function noPointer(name, kind) {
  if (name === "firefox" && kind === "pen") return "Firefox's driver has no pen";
  return name === "webkit" && kind === "touch" && "WebKitGTK's driver has no fingers";
}

/**
 * What drivers have no common command for.
 * @typedef {object} Remote
 * @property {() => Promise<{ complaints: string[], requests: string[] }>} take What the browser complained about, and
 * the addresses it asked the network for, since the last call.
 * @property {(functionDeclaration: string) => Promise<() => Promise<void>>} preload Runs a function in pages that are
 * opened from now on, before their own scripts; what it returns ends that.
 * @property {(actions: object[]) => Promise<void>} perform Input of several sources, step by step, as WebDriver writes it.
 * @property {(width: number, height: number) => Promise<void>} setViewport In CSS pixels.
 * @property {(width: number, height: number) => Promise<string>} print The page as a PDF, in base64, on paper of this
 * size in millimetres.
 * @property {() => Promise<boolean>} [hasCrashed] Whether the browser, or its page's process, has crashed, where that can
 * be told.
 * @property {() => Promise<void>} [forget] Clears all site data, where the page itself can't.
 * @property {() => void} [giveUp] Counts the browser as crashed, since it doesn't answer any more.
 * @property {() => Promise<void>} [forgetLoaded] Clears the HTTP caches only, as if their entries had expired.
 */

/** A browser under test. */
export class Browser {
  /**
   * @param {Name} name
   * @param {{ driver: WebDriver, remote: Remote, stop: () => Promise<void> }} started
   * @param {string} folder
   */
  constructor(name, { driver, remote, stop }, folder) {
    this.name = name;
    this.driver = driver;
    this.remote = remote;
    this.end = stop;
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
    const started = await STARTERS[name](folder, preferences);
    await started.driver.manage().setTimeouts({ script: SCRIPT });
    await started.remote.setViewport(1280, 900);
    return new Browser(name, started, folder);
  }

  async stop() {
    await this.end();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * @param {number} width In CSS pixels.
   * @param {number} height
   */
  setViewport(width, height) {
    return this.remote.setViewport(width, height);
  }

  /** @param {"light" | "dark"} scheme */
  async setScheme(scheme) {
    if ("setScheme" in this.remote) return this.remote.setScheme(scheme);
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
   * Turns Chromium's touch emulation on or off; Firefox takes touch as it is.
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
  options.setPreference("browser.sessionhistory.max_total_viewers", 0);
  for (const [key, value] of Object.entries(preferences)) options.setPreference(key, value);
  options.set("webSocketUrl", true);
  // The colour scheme is set from the browser's own context.
  const service = new firefox.ServiceBuilder(PATHS.geckodriver).addArguments("--allow-system-access");
  return withBidi(new Builder().forBrowser("firefox").setFirefoxOptions(options).setFirefoxService(service));
}

/**
 * @param {string} folder
 * @param {Preferences} preferences
 */
function startChromium(folder, { keepsLeft = false, ...preferences }) {
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
  if (!keepsLeft) options.addArguments("--disable-back-forward-cache");
  options.setUserPreferences({
    "download.default_directory": join(folder, "downloads"),
    "download.prompt_for_download": false,
    ...preferences,
  });
  options.set("webSocketUrl", true);
  const service = new chrome.ServiceBuilder(PATHS.chromedriver);
  return withBidi(new Builder().forBrowser("chrome").setChromeOptions(options).setChromeService(service));
}

/** @param {import("selenium-webdriver").Builder} builder */
async function withBidi(builder) {
  const driver = await builder.disableEnvironmentOverrides().build();
  return { driver, remote: await bidi(driver), stop: () => driver.quit() };
}

const STARTERS = { firefox: startFirefox, chromium: startChromium, webkit: startWebKit };
