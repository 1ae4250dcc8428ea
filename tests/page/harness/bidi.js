// What WebDriver BiDi adds to a driver's commands: what a browser complains about and asks the network for, scripts
// before the page's own, pointers that act at once, and a viewport of any size.

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */
/** @typedef {import("./browsers.js").Remote} Remote */

/** Firefox's word for a request that ended with its page. */
const ABANDONED = "Failed to load ‘’. A ServiceWorker intercepted the request";

/** Runs in every page before its own scripts: a console error is how a complaint reaches us. */
const COMPLAIN = `() => {
  addEventListener("securitypolicyviolation", (event) => {
    console.error("Content-Security-Policy: " + event.violatedDirective + " forbids " + event.blockedURI);
  });
  addEventListener("unhandledrejection", (event) => {
    console.error("unhandled rejection: " + (event.reason?.stack ?? event.reason));
  });
}`;

/**
 * @param {WebDriver} driver
 * @returns {Promise<Remote>}
 */
export async function bidi(driver) {
  const connection = await driver.getBidi();
  await connection.waitForConnection();
  /** @type {string[]} */
  const complaints = [];
  /** @type {string[]} */
  const requests = [];

  connection.socket.on("message", (/** @type {Buffer} */ data) => {
    const { method, params } = JSON.parse(data.toString());
    if (method === "log.entryAdded" && params.level === "error" && !params.text?.startsWith(ABANDONED)) {
      complaints.push(`${params.type}: ${params.text}`);
    } else if (method === "network.beforeRequestSent") {
      requests.push(params.request.url);
    }
  });

  /**
   * @param {string} method
   * @param {object} params
   */
  async function send(method, params) {
    const { error, message, result } = await connection.send({ method, params });
    if (error) throw new Error(`${method}: ${error}: ${message}`);
    return result;
  }

  /** @param {string} functionDeclaration */
  async function preload(functionDeclaration) {
    const { script } = await send("script.addPreloadScript", { functionDeclaration });
    return async () => void (await send("script.removePreloadScript", { script }));
  }

  await send("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
  await preload(COMPLAIN);

  return {
    async take() {
      // Events come in order: all before this answer are here.
      await send("session.status", {});
      return { complaints: complaints.splice(0), requests: requests.splice(0) };
    },
    preload,
    async perform(actions) {
      await send("input.performActions", { context: await driver.getWindowHandle(), actions });
    },
    async setViewport(width, height) {
      const context = await driver.getWindowHandle();
      await send("browsingContext.setViewport", { context, viewport: { width, height } });
    },
    print: (width, height) => driver.printPage({ width: width / 10, height: height / 10 }),
  };
}
