// Starts the page where the browser can bear it. All else is imported late, so that an old browser gets as far as
// saying what it lacks.

import "./styles/main.css";

import { missingFeature } from "./lib/support.js";
import { address } from "./state/address.js";

async function start(): Promise<void> {
  const missing = missingFeature();
  if (missing !== null) {
    giveUp(missing);
    return;
  }
  hideOtherSettings();
  const { mountPage } = await import("./mount.js");
  await mountPage();
}

/** The prerendered page is whole, with the notebook's settings; if another is asked for, it stays hidden. */
function hideOtherSettings(): void {
  const page = document.querySelector<HTMLElement>("#page");
  const settings = address.read();
  const hasOthers = settings !== "" && settings !== page?.dataset.settings;
  if (hasOthers || address.view() !== null) page?.classList.add("unseen");
}

/** Says why the page cannot work, and offers to load it again. */
function giveUp(sentence: string): void {
  document.body.dataset.state = "failed";
  document.querySelector("#page")?.classList.remove("unseen");
  const main = document.querySelector("main");
  const status = document.querySelector("#status");
  if (!main || !status) return;
  const reload = document.createElement("button");
  reload.type = "button";
  reload.textContent = "Reload";
  reload.addEventListener("click", () => location.reload());
  const wayOn = document.createElement("p");
  wayOn.id = "way-on";
  wayOn.append(reload);
  // Nothing of the page can be used.
  main.textContent = "";
  main.append(status, wayOn);
  status.textContent = sentence;
}

start().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  giveUp(`The page could not start: ${reason.replace(/\.$/, "")}.`);
});
