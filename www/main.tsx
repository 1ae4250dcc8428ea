// Starts the page where the browser can bear it. All else is imported late, so that an old browser gets as far as
// saying what it lacks.

import "./styles/main.css";

import { missingFeature } from "./lib/support.js";

async function start(): Promise<void> {
  const missing = missingFeature();
  if (missing !== null) {
    giveUp(missing);
    return;
  }
  const { mountPage } = await import("./page.js");
  await mountPage();
}

/** Says why the page cannot work, and offers to load it again. */
function giveUp(sentence: string): void {
  document.body.dataset.state = "failed";
  const status = document.querySelector("#status");
  if (status) status.textContent = sentence;
  const wayOn = document.querySelector("#way-on");
  wayOn?.removeAttribute("hidden");
  wayOn?.querySelector("button")?.addEventListener("click", () => location.reload());
}

start().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  giveUp(`The page could not start: ${reason.replace(/\.$/, "")}.`);
});
