// An origin that the page shares with another app, on a host that tells browsers to keep what it sends.

import { createServer } from "node:http";

/** The other app's service worker: it governs the whole origin, and keeps every answer for good. */
const SIBLING_WORKER = `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => event.respondWith((async () => {
  const cache = await caches.open("the sibling's");
  const kept = await cache.match(event.request);
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (event.request.method === "GET") await cache.put(event.request, answer.clone());
  return answer;
})()));`;

const SIBLING_PAGE = "<!doctype html><meta charset=utf-8><title>Another app</title><h1>Another app</h1>";

/**
 * A reverse proxy in front of a server.
 * @param {import("./server.js").Server} server
 */
export async function hostBefore(server) {
  /** Sent with every answer. @type {Record<string, string>} */
  let headers = {};
  const host = createServer(async (request, response) => {
    const path = request.url ?? "/";
    if (path === "/" || path === "/sibling-sw.js") {
      const isPage = path === "/";
      response.writeHead(200, { ...headers, "Content-Type": isPage ? "text/html" : "text/javascript" });
      response.end(isPage ? SIBLING_PAGE : SIBLING_WORKER);
      return;
    }
    try {
      const answer = await fetch(server.origin + path, { redirect: "manual" });
      const contents = Buffer.from(await answer.arrayBuffer());
      const kept = ["content-type", "content-security-policy"].flatMap((name) => {
        const value = answer.headers.get(name);
        return value === null ? [] : [[name, value]];
      });
      response.writeHead(answer.status, { ...Object.fromEntries(kept), ...headers }).end(contents);
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve) => host.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (host.address());
  const origin = `http://127.0.0.1:${port}`;
  return {
    ...server,
    origin,
    url: origin + new URL(server.url).pathname,
    /** @param {Record<string, string>} these From now on. */
    send(these) {
      headers = these;
    },
    async close() {
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
      await server.close();
    },
  };
}
