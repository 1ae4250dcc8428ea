// How the page is built: to a static site that lies in any folder of any host. The compiled networks (pkg) must be
// there; images are put beside the site by xtask, and SITE tells where that is.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { defineConfig, type IndexHtmlTransformResult, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

import { head, PREVIEW } from "./prerender/head-tags.js";
import { prerender } from "./prerender/plugin.js";

const SITE = resolve(import.meta.dirname, process.env.SITE ?? "../dist");
/** Where the page and its source will lie; without them, the page leaves out what needs them. */
const { SITE_URL = "", SOURCE_URL = "" } = process.env;

export default defineConfig({
  // Any folder of a host.
  base: "./",
  define: { __POLICY__: JSON.stringify(policy()), __SOURCE_URL__: JSON.stringify(SOURCE_URL) },
  build: {
    outDir: SITE,
    emptyOutDir: true,
    // Old enough for a browser that must be told what it lacks: see lib/support.ts.
    target: "es2020",
    // The CSP doesn't allow inlined assets.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  worker: { format: "es" },
  preview: { port: 8080, strictPort: true },
  plugins: [
    prerender(),
    // A folder: its address ends with a slash, whoever names it.
    head(SITE_URL === "" ? null : new URL(SITE_URL.replace(/\/*$/, "/"))),
    preload(),
    licence(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "offline",
      filename: "sw.ts",
      injectRegister: false,
      manifest: false,
      injectManifest: {
        rollupFormat: "iife",
        globPatterns: ["**/*"],
        globIgnores: ["data/**", "**/*.map", PREVIEW],
        dontCacheBustURLsMatching: /^assets\//,
        maximumFileSizeToCacheInBytes: 8 << 20,
        manifestTransforms: [withIntegrity],
      },
    }),
  ],
});

/** The CSP stands in index.html; the service worker adds it where no meta element applies. */
function policy(): string {
  const page = readFileSync(join(import.meta.dirname, "index.html"), "utf8");
  const found = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
  if (found === undefined) throw new Error("index.html has no Content-Security-Policy.");
  return found;
}

interface Entry {
  url: string;
  integrity?: string;
}

/** The service worker takes a file only if it has this hash. */
async function withIntegrity<T extends Entry>(entries: T[]): Promise<{ manifest: T[] }> {
  const manifest = entries.map(async (entry) => {
    const contents = await readFile(join(SITE, entry.url));
    const hash = createHash("sha256").update(contents).digest("base64");
    return { ...entry, integrity: `sha256-${hash}` };
  });
  return { manifest: await Promise.all(manifest) };
}

/** Preload links: fetch at once what is otherwise found one import after another. */
function preload(): Plugin {
  return {
    name: "preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle = {} }): IndexHtmlTransformResult {
        const names = Object.keys(bundle);
        const program = names.filter((name) => name.endsWith(".wasm"));
        const page = names.filter((name) => /\/mount-[^/]*\.js$/.test(name));
        const type = "application/wasm";
        return [
          ...program.map((name) => ({
            tag: "link",
            injectTo: "head" as const,
            attrs: { rel: "preload", href: `./${name}`, as: "fetch", type, crossorigin: true },
          })),
          ...page.map((name) => ({
            tag: "link",
            injectTo: "head" as const,
            attrs: { rel: "modulepreload", href: `./${name}`, crossorigin: true },
          })),
        ];
      },
    },
  };
}

/** Puts the licence beside the page, which links to it. */
function licence(): Plugin {
  return {
    name: "licence",
    apply: "build",
    generateBundle() {
      const source = readFileSync(join(import.meta.dirname, "../LICENSE"), "utf8");
      this.emitFile({ type: "asset", fileName: "LICENSE.txt", source });
    },
  };
}
