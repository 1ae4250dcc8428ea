// Speaks the answers to those who do not see them, once the drawing rests.

import { make } from "../views/dom.js";

const REST_MS = 500;

/**
 * @returns {{ element: HTMLElement, say: (text: string) => void }}
 */
export function createVoice() {
  const region = make("p", { class: "hidden-text", "aria-live": "polite" });
  let timer = 0;
  return {
    element: region,
    say(text) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        region.textContent = text;
      }, REST_MS);
    },
  };
}
