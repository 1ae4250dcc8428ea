// The cache of images: the page fills it with what it has checked, the service worker answers from it.

import { imagesCache, matchIn } from "./caches.js";

/** Caches verified files where the service worker looks for them. */
export async function keepImages(
  scope: string,
  url: URL,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  try {
    const cache = await caches.open(imagesCache(scope));
    await cache.put(url, new Response(bytes));
  } catch {
    // There are no caches here, or storage is refused or full: the next visit fetches the file again.
  }
}

/** Images are named by their contents. The page caches them once verified, and asks with "reload" if one is wrong. */
export async function fromImages(scope: string, request: Request): Promise<Response> {
  if (request.cache !== "reload") {
    return (await matchIn(imagesCache(scope), request.url)) ?? fetch(request);
  }
  const cache = await caches.open(imagesCache(scope));
  await cache.delete(request.url);
  return fetch(request);
}
