// Prerenders the page into index.html.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Plugin, type ResolvedConfig, runnerImport } from "vite";

import type { Prerendered } from "./render.js";

const HERE = import.meta.dirname;
const SLOT = '<div id="page"></div>';

export function prerender(): Plugin {
  let define: ResolvedConfig["define"];
  return {
    name: "prerender",
    configResolved: (config) => void (define = config.define),
    transformIndexHtml: {
      order: "pre",
      async handler(html) {
        if (!html.includes(SLOT)) throw new Error(`index.html has no ${SLOT}.`);
        const { markup, hash } = await run(define);
        const settings = hash.replaceAll("&", "&amp;");
        return html.replace(
          SLOT,
          () => `<div id="page" data-settings="${settings}">${markup}</div>`,
        );
      },
    },
  };
}

/** Runs the page's own modules in Node. */
async function run(define: ResolvedConfig["define"]): Promise<Prerendered> {
  const { module } = await runnerImport<typeof import("./render.js")>(join(HERE, "render.tsx"), {
    configFile: false,
    root: join(HERE, ".."),
    logLevel: "warn",
    ...(define && { define }),
  });
  return module.prerender(new Uint8Array(readFileSync(join(HERE, "../pkg/mnist_cubic_bg.wasm"))));
}
