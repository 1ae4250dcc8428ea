// How much memory the page takes.

/** @typedef {import("../page/harness/page.js").Page} Page */

// A second `init` gives what the first one made, and compiles nothing.
const WASM_BYTES = `import(new URL("pkg/mnist_cubic.js", location.href).href)
  .then(({ default: init }) => init())
  .then(({ memory }) => [name, memory.buffer.byteLength].join(" "))`;

/**
 * Bytes of WebAssembly memory of the page's workers, by their names.
 * @param {Page} page
 * @returns {Promise<Record<string, number>>}
 */
export async function workerMemory(page) {
  const { send } = page.browser.watched;
  const { realms } = await send("script.getRealms", { type: "dedicated-worker" });
  const answers = await Promise.all(
    realms.map(({ realm }) =>
      send("script.evaluate", { expression: WASM_BYTES, target: { realm }, awaitPromise: true }),
    ),
  );
  return Object.fromEntries(
    answers.map(({ result, exceptionDetails }) => {
      if (exceptionDetails) throw new Error(exceptionDetails.text);
      const [name, bytes] = result.value.split(" ");
      return [name, Number(bytes)];
    }),
  );
}

/**
 * Bytes of JavaScript that the page itself holds, after a garbage collection; Chromium tells.
 * @param {Page} page
 */
export async function pageHeap(page) {
  if (page.browser.name !== "chromium") return null;
  const { driver } = page;
  await driver.sendDevToolsCommand("HeapProfiler.collectGarbage", {});
  const { usedSize } = await driver.sendAndGetDevToolsCommand("Runtime.getHeapUsage", {});
  return usedSize;
}
