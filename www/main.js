// Starts the page where the browser can bear it. What needs a modern browser is imported late, and
// nothing newer than that is written here, so that an old one gets as far as saying so.

import { missingFeature } from "./support.js";

/**
 * Says why the page cannot work, and offers to load it again.
 * @param {string} sentence
 */
function giveUp(sentence) {
  document.body.dataset.state = "failed";
  const status = document.querySelector("#status");
  if (status) status.textContent = sentence;
  const wayOn = document.querySelector("#way-on");
  const button = document.querySelector("#way-on button");
  if (!wayOn || !button) return;
  wayOn.removeAttribute("hidden");
  button.textContent = "Reload";
  button.addEventListener("click", () => location.reload());
}

async function start() {
  const missing = missingFeature();
  if (missing) {
    giveUp(missing);
    return;
  }
  const { mountPage } = await import("./page.js");
  await mountPage();
}

start().catch((error) => giveUp(`The page could not start: ${error.message.replace(/\.$/, "")}.`));
