// The page: its sections in order, and its state on the body.

import { useSignalEffect } from "@preact/signals";

import type { App } from "../state/app.js";
import { Keep } from "./keep/keep.js";
import { Learn } from "./learn/learn.js";
import { Settings } from "./settings/settings.js";
import { Stage } from "./stage/stage.js";
import { Verdict } from "./verdict/verdict.js";

export function Page({ app }: { app: App }) {
  useSignalEffect(() => {
    document.body.dataset.state = app.training.dataState.value;
  });
  return (
    <>
      <a class="skip" href="#draw" onClick={skip}>
        Skip to the pad
      </a>
      <header>
        <h1>Does a cubic layer help?</h1>
        <p>
          Two small networks learn to read handwritten digits, right here in your browser. One has a
          custom layer, <span class="formula">y = x³·V − x·W + b</span>; the other doesn’t. A class
          notebook says the custom layer wins. Train both, and see which one you’d trust.
        </p>
      </header>
      <main>
        <Stage app={app} />
        <Settings app={app} />
        <Verdict app={app} />
        <Learn app={app} />
        <Keep app={app} />
      </main>
    </>
  );
}

/** The part after # in the address holds the settings, and stays. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#draw")?.focus();
}
