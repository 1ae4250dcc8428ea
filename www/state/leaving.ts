// Leaving the page.

import type { TrainingKeeper } from "./training.js";

/** While a training is under way, or rests, the browser asks first. */
export function askBeforeLeaving(training: TrainingKeeper): void {
  addEventListener("beforeunload", (event) => {
    if (training.isActive.peek()) event.preventDefault();
  });
}
