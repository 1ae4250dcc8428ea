// Keeps the page for when there is no network: each build whole, in a cache of its own.
//
// The page is asked of the network first, so that a visitor sees the newest build. What lies in
// folders named by their contents never changes, and comes from the caches first. A new build is
// kept beside the old one, which goes when no page of it is open any more.

// The packer fills these in.
const VERSION = "";
const DATA = "data/";
const POLICY = "";
/** Each file of the build, and how its SHA-256 begins. @type {Record<string, string>} */
const FILES = {};

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = worker.registration.scope;
// Other sites may share the origin, and with it the caches.
const OURS = ` of ${SCOPE}`;
const BUILD_CACHE = VERSION + OURS;
const DATA_CACHE = DATA + OURS;

const PAGE = "index.html";
const HASHED = /^(data\/)?[0-9a-f]{16}\//;
const PATIENCE = 4000; // ms that the network may take where the caches have an answer

worker.addEventListener("install", (event) => event.waitUntil(keepBuild()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !url.startsWith(SCOPE)) return;
  const path = url.slice(SCOPE.length) || PAGE;
  if (HASHED.test(path)) event.respondWith(fromCaches(request, path));
  else if (Object.hasOwn(FILES, path)) event.respondWith(fromNetwork(request, path));
});

/** Fetches all of this build, or nothing. */
async function keepBuild() {
  const cache = await caches.open(BUILD_CACHE);
  if (await cache.match(address(PAGE))) return;
  const keep = async (/** @type {string} */ path) => {
    await cache.put(address(path), await fetchRight(path));
  };
  const others = Object.keys(FILES).filter((path) => path !== PAGE);
  try {
    await Promise.all(others.map(keep));
    // Last, so that a cache with a page is complete.
    await keep(PAGE);
  } catch (error) {
    await caches.delete(BUILD_CACHE);
    throw error;
  }
}

/** Starts when no page of the build before is open. */
async function begin() {
  const old = (await ourCaches()).filter((name) => name !== BUILD_CACHE && name !== DATA_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim().catch(() => {}); // refused where it was unregistered meanwhile
}

/**
 * A file of this build, and not what another build, a proxy or a log-in page has in its place.
 * @param {string} path
 */
async function fetchRight(path) {
  const url = address(path);
  const earlier = HASHED.test(path) && (await caches.match(url));
  if (earlier) return earlier;
  for (const cache of /** @type {RequestCache[]} */ (["default", "reload"])) {
    const response = await fetch(url, { cache });
    const bytes = await response.arrayBuffer();
    const right = response.ok && (await hash(bytes)).startsWith(FILES[path]);
    if (right) return new Response(bytes, { headers: headers(response) });
  }
  throw new Error(`${path} is not the one of this build.`);
}

/**
 * A host may not know these; workers have no meta element that could stand in for them.
 * @param {Response} response
 */
function headers(response) {
  return {
    "Content-Type": response.headers.get("Content-Type") ?? "",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  };
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function fromCaches(request, path) {
  // The page fetches anew what turned out to be wrong.
  if (request.cache !== "reload") return (await kept(path)) ?? fetch(request);
  await forget(path).catch(() => {});
  return fetch(request);
}

/**
 * @param {Request} request
 * @param {string} path
 */
async function fromNetwork(request, path) {
  const asked = fetch(request);
  const spare = await kept(path);
  if (!spare) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  return answer && answer.status < 500 ? answer : spare;
}

/**
 * What the newest cache has.
 * @param {string} path
 */
async function kept(path) {
  try {
    for (const name of (await ourCaches()).reverse()) {
      const response = await (await caches.open(name)).match(address(path));
      if (response) return response;
    }
  } catch {
    // The caches cannot be read any more: the network will do.
  }
  return undefined;
}

/**
 * Of the data only: a build was checked when it came.
 * @param {string} path
 */
async function forget(path) {
  const cache = await caches.open(DATA_CACHE);
  await cache.delete(address(path));
}

/** Our caches' names, oldest first. */
async function ourCaches() {
  return (await caches.keys()).filter((name) => name.endsWith(OURS));
}

/** @param {string} path */
const address = (path) => new URL(path, SCOPE).href;

/** @param {ArrayBuffer} bytes */
async function hash(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
