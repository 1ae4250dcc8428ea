// Mounts the page: the state, its views, and the service worker.

import { hydrate, render } from "preact";

import { idle } from "./lib/idle.js";
import { later } from "./lib/lazy.js";
import { workOffline } from "./offline/register.js";
import { endWaiting } from "./prerender/waiting.js";
import type { App } from "./state/app.js";
import { openApp } from "./state/open.js";
import { Page } from "./views/page.js";
import type { Half } from "./views/second-place.js";
import { ignoreStillMouse } from "./views/still-mouse.js";

/** One thing after another is fetched, but none waits longer than this for the one before it, in ms. */
const PATIENCE = 4000;

/** Rejects with a sentence where the page cannot work. */
export async function mountPage(): Promise<void> {
  const { app, weights, fetchAhead } = await openApp();
  const root = document.querySelector<HTMLElement>("#page");
  if (!root) throw new Error("index.html has no #page");
  const half = later(() => import("./views/second-half.js"));
  show(app, half, root);
  ignoreStillMouse();
  await Promise.race([weights, patience()]);
  await idle();
  await Promise.race([half.ask(), patience()]);
  fetchAhead();
  await workOffline();
}

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PATIENCE));
}

/** Hydrates the prerendered page if it is the same one, or else renders it anew. */
function show(app: App, half: Half, root: HTMLElement): void {
  const { hash, problems } = app.settings;
  const isSame = hash.peek() === root.dataset.settings && app.view.isWhole.peek();
  if (isSame && problems.peek().length === 0 && app.view.problem.peek() === "") {
    endWaiting(root, ".second-half");
    hydrate(<Page app={app} half={half} isPrerendered />, root);
  } else {
    root.textContent = "";
    render(<Page app={app} half={half} isPrerendered={false} />, root);
  }
  root.classList.remove("unseen");
}
