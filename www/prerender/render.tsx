// The page's markup as it stands until the program runs: of the notebook's settings, with nothing fetched.

import { signal } from "@preact/signals";
import { options, type VNode } from "preact";
import { render } from "preact-render-to-string";

import { initSync, Study } from "../pkg/mnist_cubic.js";
import { assemble, type Parts } from "../state/assemble.js";
import { openImages } from "../state/images.js";
import { Page } from "../views/page.js";
import * as secondHalf from "../views/second-half.js";
import { WAITING } from "./waiting.js";

const LOADING = "Loading the networks…";
/** Where that is heard, and where it is seen. */
const PLACES = ["status", "progress-text"];
const CONTROLS = ["button", "input", "select", "textarea"];

export interface Prerendered {
  readonly markup: string;
  /** The settings that it was made with. */
  readonly hash: string;
}

/** `program` is the compiled networks. */
export function prerender(program: Uint8Array<ArrayBuffer>): Prerendered {
  initSync({ module: program });
  const app = assemble({
    study: new Study(),
    address: { read: () => "", write() {}, follow() {}, view: () => null },
    images: openImages(new URL("data/", "https://example.org/")),
    pool: {} as Parts["pool"], // nothing is trained
    machine: { cores: 1, isPhone: false },
  });
  options.vnode = wait;
  const half = {
    coming: signal({ type: "there", part: secondHalf } as const),
    ask: () => Promise.resolve(),
  };
  const page = <Page app={app} half={half} isPrerendered />;
  return { markup: render(page), hash: app.settings.hash.value };
}

/** Nothing can be used yet, and the page says why. */
function wait({ type, props }: VNode): void {
  const given = props as Record<string, unknown>;
  if (PLACES.includes(String(given.id))) given.children = LOADING;
  if (typeof type !== "string" || !CONTROLS.includes(type)) return;
  // With `autocomplete`, Firefox does not give a control the state back that it had before a reload.
  const added = { disabled: true, autocomplete: "off" };
  const names = Object.entries(added).filter(([name]) => !given[name]);
  Object.assign(given, Object.fromEntries(names), {
    [WAITING]: names.map(([name]) => name).join(" "),
  });
}
