// How much memory the page takes.

/** @typedef {import("../page/harness/page.js").Page} Page */
/** @typedef {import("../page/harness/server.js").Server} Server */

/** @param {string} worker The file that runs in a worker. */
const telling = (worker) => `${worker}
const asked = new BroadcastChannel("memory");
asked.onmessage = async ({ data }) => {
  if (data !== "how much?") return;
  // A second init gives what the first has made.
  const { memory } = await (await import(PACKAGE)).default();
  asked.postMessage({ name: self.name, bytes: memory.buffer.byteLength });
};`;

/**
 * Lets the workers of this server's site tell their memory.
 * @param {Server} server
 */
export const tellMemory = (server) => server.spoil(/\/worker\.js$/, telling);

/**
 * Bytes of WebAssembly memory of the page's workers, custom and dense, by their names.
 * @param {Page} page Of a server that was made to tell.
 * @returns {Promise<Record<string, number>>}
 */
export function workerMemory(page) {
  return page.run(
    () =>
      new Promise((resolve) => {
        const channel = new BroadcastChannel("memory");
        /** @type {Record<string, number>} */
        const found = {};
        channel.onmessage = ({ data: { name, bytes } }) => {
          found[name] = bytes;
          if (!("custom" in found && "dense" in found)) return;
          channel.close();
          resolve(found);
        };
        channel.postMessage("how much?");
      }),
  );
}

/**
 * Bytes of JavaScript that the page itself holds, after a garbage collection; Chromium tells.
 * @param {Page} page
 * @returns {Promise<number | null>}
 */
export async function pageHeap(page) {
  if (page.browser.name !== "chromium") return null;
  const { driver } = page;
  await driver.sendDevToolsCommand("HeapProfiler.collectGarbage", {});
  const { usedSize } = await driver.sendAndGetDevToolsCommand("Runtime.getHeapUsage", {});
  return usedSize;
}
