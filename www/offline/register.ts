// Registers the service worker, which caches the page for offline use.

/** Where the browser refuses, the page works as it would without. */
export async function workOffline(): Promise<void> {
  try {
    // The types say that it is always there.
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    const address = new URL("sw.js", document.baseURI);
    await container?.register(address, { updateViaCache: "none" });
  } catch {
    // Storage is refused, or the file is missing.
  }
}
