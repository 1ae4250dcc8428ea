// Watches what a browser complains about, and what it asks the network for.

/** @typedef {import("selenium-webdriver").WebDriver} WebDriver */

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
 */
export async function watch(driver) {
  const bidi = await driver.getBidi();
  await bidi.waitForConnection();
  /** @type {string[]} */
  const complaints = [];
  /** @type {string[]} */
  const requests = [];

  bidi.socket.on("message", (/** @type {Buffer} */ data) => {
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
    const { error, message, result } = await bidi.send({ method, params });
    if (error) throw new Error(`${method}: ${error}: ${message}`);
    return result;
  }

  await send("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
  await send("script.addPreloadScript", { functionDeclaration: COMPLAIN });

  return {
    send,
    /** What came since the last call. */
    async take() {
      // Events come in order: all before this answer are here.
      await send("session.status", {});
      return { complaints: complaints.splice(0), requests: requests.splice(0) };
    },
  };
}
