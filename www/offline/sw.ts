// The offline worker: keeps a build whole, and the images that were used.
//
// The page itself is asked of the network first, so that a visitor has the newest build; all else of a build is named
// by its contents, and comes from the cache first. A new build is kept beside the old one, which goes when no page of
// it is open any more.

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
      // A host may let browsers keep a wrong or old answer. What comes must have the hash that the entry names.
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
// A page of the next build may be open already, which is kept but has not begun.
registerRoute(
  ({ url }) => url.href.startsWith(`${SCOPE}assets/`),
  async ({ request }) => (await matchIn(filesCache(SCOPE), request.url)) ?? fetch(request),
);

/**
 * A host may not know these headers; workers have no meta element that could stand in for them. Rejects where the file
 * is cut off: Firefox keeps nothing of such an answer then, but says that it has.
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

/** The page as the network has it; as it is kept where the network fails, is slow, or has half a build. */
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

/** What the browser has taken away, as it may where room is scarce. What the host has no more comes with an update. */
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

/** Whether what the page begins with is to be had: while a host takes a new build, it may not be. */
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
