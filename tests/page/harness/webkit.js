// WebKitGTK by its driver, on a screen that nobody sees. The driver knows nothing of BiDi: what that does for the other
// browsers is done by the browser itself, webkit.py.

import { spawn, spawnSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pass } from "node:timers/promises";

import { LONG } from "./timeouts.js";

const require = createRequire(import.meta.url);
const { Builder, Capabilities } = require("selenium-webdriver");
const { Command, Name } = require("selenium-webdriver/lib/command");

/** @typedef {import("./browsers.js").Preferences} Preferences */
/** @typedef {import("./browsers.js").Remote} Remote */

const BROWSER = join(import.meta.dirname, "webkit.py");
const DRIVER = process.env.WEBKIT_DRIVER ?? "WebKitWebDriver";
const SCREEN = process.env.XVFB ?? "Xvfb";
/** How long it may take to end, in ms. */
const PATIENCE = 10_000;
/** How long a click waits for what it finds moving, in ms. */
const STANDING = 2_000;
/** A console error; WebKitGTK doesn't know `manifest-src`. */
const COMPLAINT = /CONSOLE (?:\w+ )?ERROR (?!Unrecognized Content-Security-Policy directive 'manifest-src').*/;

/** Why WebKit cannot be tested here; `false` where it can. */
export function noWebKit() {
  const starts = (/** @type {string} */ program, /** @type {string[]} */ args) =>
    spawnSync(program, args, { timeout: LONG }).status === 0;
  if (!starts(DRIVER, ["--help"])) return "WebKitGTK's driver is not installed";
  if (spawnSync(SCREEN, ["-help"]).error) return "Xvfb is not installed";
  return starts(BROWSER, []) ? false : "WebKitGTK for Python is not installed";
}

/**
 * @param {string} folder
 * @param {Preferences} preferences Those of WebKitSettings, `LANG` and `keepsLeft`.
 */
export async function startWebKit(folder, { LANG = "en_US.UTF-8", keepsLeft = false, ...preferences }) {
  await mkdir(join(folder, "downloads"));
  const screen = spawn(SCREEN, ["-displayfd", "3", "-screen", "0", "1700x2400x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await new Promise((resolve, reject) => {
    screen.stdio[3]?.once("data", (number) => resolve(`:${String(number).trim()}`));
    screen.once("error", reject);
    screen.once("exit", (code) => reject(new Error(`Xvfb has ended (${code}).`)));
  });
  const harness = createServer();
  const port = await listening(harness);
  const driverPort = await sparePort();
  const service = spawn(DRIVER, [`--port=${driverPort}`], {
    // Nothing of the user's is read, or changed.
    env: { ...process.env, HOME: folder, XDG_RUNTIME_DIR: folder, DISPLAY: display, LANG: String(LANG), LC_ALL: "", GSETTINGS_BACKEND: "memory" },
    stdio: "ignore",
  });
  const end = () => {
    service.kill();
    screen.kill();
    harness.close();
  };
  try {
    const url = `http://127.0.0.1:${driverPort}`;
    await answering(url);
    const connected = new Promise((resolve) => harness.once("connection", resolve));
    const capabilities = new Capabilities({
      browserName: "webkit.py",
      "webkitgtk:browserOptions": { binary: BROWSER, args: [folder, String(port), JSON.stringify({ enable_page_cache: keepsLeft, ...preferences })] },
    });
    const driver = await new Builder().disableEnvironmentOverrides().usingServer(url).withCapabilities(capabilities).build();
    const socket = /** @type {import("node:net").Socket} */ (await connected);
    leaveNothingInstalling(driver);
    clickWhatStands(driver);
    const remote = remoteOf(driver, socket, folder);
    const stop = async () => {
      // It may have ended by itself, or not answer any more.
      await Promise.race([driver.quit().catch(() => {}), pass(PATIENCE, undefined, { ref: false })]);
      socket.destroy(); // with which the browser ends
      end();
    };
    return { driver, remote, stop };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * A service worker whose page is left while it is being installed may stay so for ever in WebKitGTK 2.50.6; to unregister
 * it, as the next test does, then never ends.
 * @param {import("selenium-webdriver").WebDriver} driver
 */
function leaveNothingInstalling(driver) {
  const get = driver.get.bind(driver);
  driver.get = async (url) => {
    // Where nothing is open, or something is asked, there is nothing to wait for.
    await driver.executeScript(installed, PATIENCE).catch(() => {});
    return get(url);
  };
}

/** @param {number} patience */
async function installed(patience) {
  const end = Date.now() + patience;
  const isInstalling = async () => globalThis.registering > 0
    || (await navigator.serviceWorker.getRegistrations()).some(({ installing }) => installing);
  while (Date.now() < end && (await isInstalling())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/**
 * The driver looks where an element is, and clicks there a moment later; where the page is laid out anew
 * meanwhile, it misses it. So a click waits until the element has stood still for two frames.
 * @param {import("selenium-webdriver").WebDriver} driver
 */
function clickWhatStands(driver) {
  const execute = driver.execute.bind(driver);
  driver.execute = async (/** @type {import("selenium-webdriver/lib/command").Command} */ command) => {
    if (command.getName() === Name.CLICK_ELEMENT) {
      // What has gone meanwhile, the click itself complains about.
      await driver.executeAsyncScript(standing, command.getParameter("id"), STANDING).catch(() => {});
    }
    return execute(command);
  };
}

/**
 * @param {Element} element
 * @param {number} patience
 * @param {() => void} done
 */
function standing(element, patience, done) {
  setTimeout(done, patience); // hidden tabs have no frames
  let frames = 0;
  let last = "";
  const look = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const place = [x, y, width, height].join();
    frames = place === last ? frames + 1 : 0;
    last = place;
    if (frames === 2) done();
    else requestAnimationFrame(look);
  };
  look();
}

/** Counts, in the page, the service workers that are asked for and have not come. */
function countRegistrations() {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return;
  const register = serviceWorker.register.bind(serviceWorker);
  globalThis.registering = 0;
  serviceWorker.register = async (...args) => {
    globalThis.registering += 1;
    try {
      return await register(...args);
    } finally {
      globalThis.registering -= 1;
    }
  };
}

/** @param {import("node:net").Server} server */
async function listening(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
}

/** A port that nobody listens at: the driver must be told one. */
async function sparePort() {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** @param {string} url */
async function answering(url) {
  for (const end = Date.now() + LONG; Date.now() < end; ) {
    if (await fetch(`${url}/status`).then(({ ok }) => ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("WebKitGTK's driver does not answer.");
}

/**
 * @param {import("selenium-webdriver").WebDriver} driver
 * @param {import("node:net").Socket} socket To the browser.
 * @param {string} folder
 * @returns {Remote & { setScheme: (scheme: string) => Promise<void> }}
 */
function remoteOf(driver, socket, folder) {
  /** @type {string[]} */
  const requests = [];
  /** Of commands, in order. @type {(() => void)[]} */
  const waiting = [];
  /** @type {Map<string, (error?: string) => void>} */
  const printing = new Map();
  createInterface({ input: socket }).on("line", (line) => {
    const { request, done, printed, error, crashed } = JSON.parse(line);
    if (crashed) hasCrashed = true;
    if (request) requests.push(request);
    if (done) waiting.shift()?.();
    if (printed) printing.get(printed)?.(error);
  });
  const send = (/** @type {unknown[]} */ ...command) => {
    socket.write(`${JSON.stringify(command)}\n`);
    return new Promise((resolve) => waiting.push(() => resolve(undefined)));
  };
  let hasCrashed = false;
  socket.once("close", () => (hasCrashed = true));
  socket.on("error", () => {}); // it closes then
  let read = 0;
  let sheets = 0;
  /** Run in every page, before its own. */
  let scripts = [`(${countRegistrations})();`];
  void send("preload", scripts);

  return {
    async take() {
      // A round trip through both: earlier events have arrived.
      await driver.executeScript("");
      await send("preload", scripts);
      const said = await readFile(join(folder, "console"), "utf8");
      const lines = said.slice(read).split("\n");
      read = said.length;
      const complaints = lines.flatMap((line) => COMPLAINT.exec(line)?.[0] ?? []);
      return { complaints, requests: requests.splice(0) };
    },
    async preload(functionDeclaration) {
      const script = `(${functionDeclaration})();`;
      scripts = [...scripts, script];
      await send("preload", scripts);
      return async () => {
        scripts = scripts.filter((one) => one !== script);
        await send("preload", scripts);
      };
    },
    async perform(actions) {
      await driver.execute(new Command(Name.ACTIONS).setParameter("actions", actions));
    },
    async setViewport(width, height) {
      // The browser shows nothing around the page.
      await driver.manage().window().setRect({ width, height });
    },
    giveUp() {
      hasCrashed = true;
    },
    async hasCrashed() {
      // The driver may hear of it first.
      await new Promise((resolve) => setTimeout(resolve, 500));
      return hasCrashed;
    },
    // Not the service workers, for which WebKitGTK takes three seconds: the page itself has unregistered them.
    forget: async () => void (await send("forget", "MEMORY_CACHE", "DISK_CACHE", "SESSION_STORAGE", "LOCAL_STORAGE", "INDEXEDDB_DATABASES", "DOM_CACHE")),
    forgetLoaded: async () => void (await send("forget", "MEMORY_CACHE", "DISK_CACHE")),
    setScheme: (scheme) => send("set_scheme", scheme),
    async print(width, height) {
      const path = join(folder, `sheets-${(sheets += 1)}.pdf`);
      /** @type {Promise<string | undefined>} */
      const printed = new Promise((resolve) => printing.set(path, resolve));
      await send("print_page", path, width, height);
      const error = await printed;
      if (error) throw new Error(`Printing: ${error}`);
      return (await readFile(path)).toString("base64");
    },
  };
}
