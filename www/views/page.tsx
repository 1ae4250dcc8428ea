// The page: its sections in order, and its state on the body.

import { useSignalEffect } from "@preact/signals";

import type { App } from "../state/app.js";
import { Footer } from "./footer.js";
import { Header } from "./header.js";
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
      <Header app={app} />
      <main>
        <Stage app={app} />
        <Verdict app={app} />
        <Learn app={app} />
        <Settings app={app} />
        <Keep app={app} />
      </main>
      <Footer app={app} />
    </>
  );
}

/** The part after # in the address holds the settings, and stays. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#draw")?.focus();
}
