// The caches that the page and its service worker share. Other pages may use the origin's caches: ours end with our scope.

/** The cache of the page's own files, of all builds. */
export const filesCache = (scope: string): string => `files of ${scope}`;

/** The cache of images, which the page fills and the service worker serves. */
export const imagesCache = (scope: string): string => `images of ${scope}`;

/** In this cache, and in no other of the origin's. */
export async function matchIn(cacheName: string, url: string): Promise<Response | undefined> {
  try {
    const cache = await caches.open(cacheName);
    return await cache.match(url);
  } catch {
    return undefined; // the caches cannot be read any more: the network will do
  }
}
