// The service worker: caches a build whole, and the images that were used.
//
// The page itself is network-first, so that a visitor gets the newest build; the rest of a build is cache-first, keyed
// by its contents. A new build is cached beside the old one, which is deleted once no page of it is open.

import { PrecacheController, PrecacheRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";
import type { PrecacheEntry } from "workbox-precaching";

import { filesCache, imagesCache, matchIn } from "./caches.js";
import { fromImages } from "./image-cache.js";

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: PrecacheEntry[] };
/** The page's Content-Security-Policy, from index.html. */
declare const __POLICY__: string;

const SCOPE = self.registration.scope;
const PAGE = `${SCOPE}index.html`;
const MANIFEST = `${SCOPE}data/manifest.json`;
/** How long the network may take where the cache has an answer, in ms. */
const PATIENCE = 4000;

const build = new PrecacheController({
  cacheName: filesCache(SCOPE),
  plugins: [
    {
      // The HTTP cache may hold a wrong or stale answer. What arrives must match the entry's hash.
      requestWillFetch: ({ request }) =>
        Promise.resolve(new Request(request, { cache: "no-cache" })),
      cacheWillUpdate: async ({ response }) =>
        response.status === 200 ? withPolicy(response) : null,
    },
  ],
});
build.precache(self.__WB_MANIFEST);

self.addEventListener("activate", (event) => {
  // Refused where the worker was unregistered meanwhile.
  const claimed = self.clients.claim().catch(() => {});
  event.waitUntil(Promise.all([claimed, forgetOldCaches()]));
});

registerRoute(
  ({ url, request }) => request.mode === "navigate" && [SCOPE, PAGE].includes(withoutQuery(url)),
  ({ request, event }) => newestPage(request, event),
);
registerRoute(
  ({ url }) => withoutQuery(url) === MANIFEST,
  ({ request }) => fromNetwork(request, MANIFEST),
);
registerRoute(
  ({ url }) => url.href.startsWith(`${SCOPE}data/`),
  ({ request }) => fromImages(SCOPE, request),
);
registerRoute(new PrecacheRoute(build, { directoryIndex: "", cleanURLs: false }));
// A page of the next build, cached but not yet active, may already be open.
registerRoute(
  ({ url }) => url.href.startsWith(`${SCOPE}assets/`),
  async ({ request }) => (await matchIn(filesCache(SCOPE), request.url)) ?? fetch(request),
);

/**
 * A host may not send these headers, and workers have no meta element to stand in for them. Rejects if the file is
 * truncated: Firefox then caches nothing, but reports success.
 */
async function withPolicy(response: Response): Promise<Response> {
  return new Response(await response.arrayBuffer(), {
    headers: {
      "Content-Type": response.headers.get("Content-Type") ?? "",
      "Content-Security-Policy": __POLICY__,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
    },
  });
}

/** The page from the network; from the cache if the network fails, is slow, or has half a build. */
async function newestPage(request: Request, event: ExtendableEvent): Promise<Response> {
  // A navigation cannot be repeated as it is; with "manual", the browser follows a redirect itself.
  const asked = fetch(request.url, { cache: "no-cache", redirect: "manual" });
  markHandled(asked);
  const kept = await keptPage();
  if (!kept) {
    event.waitUntil(asked.then(() => keepAgain(event)));
    return asked;
  }
  const answer = await inTime(asked);
  if (answer?.type === "opaqueredirect") return answer;
  return answer?.ok && (await hasItsFiles(answer)) ? answer : kept;
}

/** Re-caches what the browser evicted for lack of space. What the host no longer has comes with an update. */
async function keepAgain(event: ExtendableEvent): Promise<void> {
  for (const [url, cacheKey] of build.getURLsToCacheKeys()) {
    const params = { cacheKey, integrity: build.getIntegrityForCacheKey(cacheKey) };
    await build.strategy.handle({ event, request: new Request(url), params }).catch(() => {});
  }
}

async function keptPage(): Promise<Response | undefined> {
  const key = build.getCacheKeyForURL(PAGE);
  return key === undefined ? undefined : matchIn(filesCache(SCOPE), key);
}

/** Whether the page's entry files are available: during a deployment, they may not be. */
async function hasItsFiles(page: Response): Promise<boolean> {
  const files = (await page.clone().text()).matchAll(/(?:src|href)="(?:\.\/)?(assets\/[^"]+)"/g);
  const isThere = async ([, file]: RegExpMatchArray): Promise<boolean> => {
    const url = new URL(file ?? "", SCOPE).href;
    if (await matchIn(filesCache(SCOPE), url)) return true;
    const answer = await inTime(fetch(url, { method: "HEAD" }));
    return answer?.ok ?? false;
  };
  const found = await Promise.all(Array.from(files, isThere));
  return found.length > 0 && !found.includes(false);
}

async function fromNetwork(request: Request, name: string): Promise<Response> {
  const asked = fetch(request);
  markHandled(asked);
  const kept = await matchIn(imagesCache(SCOPE), name);
  if (!kept) return asked;
  const answer = await inTime(asked);
  return answer?.ok ? answer : kept;
}

/** It may fail before anybody waits for it, which browsers would report. */
function markHandled(asked: Promise<Response>): void {
  asked.catch(() => {});
}

/** Undefined where the network fails, or takes too long. */
function inTime(asked: Promise<Response>): Promise<Response | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
  return Promise.race([asked.catch(() => undefined), late]);
}

/** Those of earlier versions of the page, which had other names but ended with the scope, too. */
async function forgetOldCaches(): Promise<void> {
  const isOld = (name: string): boolean =>
    name.endsWith(` of ${SCOPE}`) && ![filesCache(SCOPE), imagesCache(SCOPE)].includes(name);
  const names = await caches.keys();
  await Promise.all(names.filter(isOld).map((name) => caches.delete(name)));
}

function withoutQuery(url: URL): string {
  return url.origin + url.pathname;
}
