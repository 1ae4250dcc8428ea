// Puts the page together: the state, the views of it, and what keeps it for later.

import { hydrate, render } from "preact";

import { workOffline } from "./offline/register.js";
import { endWaiting } from "./prerender/waiting.js";
import type { App } from "./state/app.js";
import { openApp } from "./state/open.js";
import { Page } from "./views/page.js";

/** The page is kept for later when the ready-made weights are there, but waits no longer than this for them, in ms. */
const PATIENCE = 4000;

/** Rejects with a sentence where the page cannot work. */
export async function mountPage(): Promise<void> {
  const { app, weights } = await openApp();
  const root = document.querySelector<HTMLElement>("#page");
  if (!root) throw new Error("index.html has no #page");
  show(app, root);
  await Promise.race([weights, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  await workOffline();
}

/** Takes over what was prerendered where that is the same page, or else makes the page anew. */
function show(app: App, root: HTMLElement): void {
  const { hash, problems } = app.settings;
  const isSame = hash.peek() === root.dataset.settings && app.view.isWhole.peek();
  if (isSame && problems.peek().length === 0 && app.view.problem.peek() === "") {
    endWaiting(root);
    hydrate(<Page app={app} />, root);
  } else {
    root.textContent = "";
    render(<Page app={app} />, root);
  }
  root.classList.remove("unseen");
}
