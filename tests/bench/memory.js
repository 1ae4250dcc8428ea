// How much memory the page takes.

/** @typedef {import("../page/harness/page.js").Page} Page */
/** @typedef {import("../page/harness/server.js").Server} Server */

/** How long all have to answer, in ms; a worker hears messages between slices of its work. */
const PATIENCE = 1000;

/** @param {string} script One that starts the networks' program. */
const telling = (script) => `const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (...args) => {
  const made = await instantiate.apply(WebAssembly, args);
  const { memory } = (made.instance ?? made).exports;
  const asked = new BroadcastChannel("memory");
  asked.onmessage = ({ data }) => {
    if (data !== "how much?") return;
    asked.postMessage({ isPage: "document" in globalThis, bytes: memory.buffer.byteLength });
  };
  return made;
};
${script}`;

/**
 * Lets the page and the workers of this server's site tell their memory.
 * @param {Server} server
 */
export const tellMemory = (server) => server.spoil(/assets\/(mount|worker)-[^/]*\.js$/, telling);

/**
 * Bytes of WebAssembly memory of the page itself, and of its workers, the largest first.
 * @param {Page} page Of a server that was made to tell.
 * @returns {Promise<{ page: number, workers: number[] }>}
 */
export async function wasmMemory(page) {
  const answers = await page.run(
    (patience) =>
      new Promise((resolve) => {
        const channel = new BroadcastChannel("memory");
        /** @type {{ isPage: boolean, bytes: number }[]} */
        const found = [];
        channel.onmessage = ({ data }) => found.push(data);
        channel.postMessage("how much?");
        setTimeout(() => {
          channel.close();
          resolve(found);
        }, patience);
      }),
    PATIENCE,
  );
  const workers = answers.filter(({ isPage }) => !isPage).map(({ bytes }) => bytes);
  return { page: answers.find(({ isPage }) => isPage).bytes, workers: workers.sort((a, b) => b - a) };
}

/**
 * Bytes that the page itself holds after a garbage collection, its images and its WebAssembly memory among them;
 * Chromium tells.
 * @param {Page} page
 * @returns {Promise<number | null>}
 */
export async function pageHeap(page) {
  if (page.browser.name !== "chromium") return null;
  const { driver } = page;
  await driver.sendDevToolsCommand("HeapProfiler.collectGarbage", {});
  const { usedSize, backingStorageSize } = await driver.sendAndGetDevToolsCommand("Runtime.getHeapUsage", {});
  return usedSize + backingStorageSize;
}

/**
 * What the page takes, in MB: its workers, how many they are and the largest; its own program, and all of its own.
 * @param {Page} page Of a server that was made to tell.
 */
export async function memory(page) {
  const { page: program, workers } = await wasmMemory(page);
  const heap = await pageHeap(page);
  const all = workers.reduce((sum, bytes) => sum + bytes, 0);
  return {
    count: workers.length,
    largest: workers[0] / 1e6,
    workers: all / 1e6,
    program: program / 1e6,
    heap: heap && heap / 1e6,
  };
}
