// What lets the page work without a network: the service worker keeps the build, and the images
// are kept here, once they are known to be right.

/** Starts the service worker. Where the browser refuses, the page works as it would without. */
export async function workOffline() {
  try {
    await navigator.serviceWorker?.register("sw.js", { updateViaCache: "none" });
  } catch {
    // Storage is refused, or the file is missing.
  }
}

/**
 * Keeps a file of the site's data, where the service worker finds it.
 * @param {URL} url
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function keep(url, bytes) {
  const site = new URL("./", document.baseURI).href;
  const folder = new URL("./", url).href.slice(site.length);
  try {
    const cache = await caches.open(`${folder} of ${site}`); // as sw.js names it
    if (!(await cache.match(url))) await cache.put(url, new Response(bytes));
  } catch {
    // Storage is refused or full: the next visit fetches the file again.
  }
}
