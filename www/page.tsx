// Puts the page together: the state, the views of it, and what keeps it for later.

import { render } from "preact";

import { workOffline } from "./offline/register.js";
import { openApp } from "./state/open.js";
import { Page } from "./views/page.js";

/** The page is kept for later when the ready-made weights are there, but waits no longer than this for them, in ms. */
const PATIENCE = 4000;

/** Rejects with a sentence where the page cannot work. */
export async function mountPage(): Promise<void> {
  const { app, weights } = await openApp();
  const root = document.querySelector("#page");
  if (!root) throw new Error("index.html has no #page");
  root.textContent = "";
  render(<Page app={app} />, root);
  await Promise.race([weights, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  await workOffline();
}
