// The page: its sections in order, and its state on the body.

import { useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";

import type { App } from "../state/app.js";
import { PARTS, type Part } from "../state/view.js";
import { Classroom } from "./classroom/classroom.js";
import { Experiments } from "./experiments/experiments.js";
import { Footer } from "./footer.js";
import { Header } from "./header.js";
import { Keep } from "./keep/keep.js";
import { Layer } from "./layer/layer.js";
import { Learn } from "./learn/learn.js";
import { Printed } from "./printed.js";
import { Settings } from "./settings/settings.js";
import { Stage } from "./stage/stage.js";
import { Sure } from "./sure/sure.js";
import { Verdict } from "./verdict/verdict.js";
import { ViewNote, ViewProblem } from "./view-note.js";

type Section = ComponentType<{ app: App }>;

/** The sections between title and footer, by the names that `view=` has for them; state/view.ts has their order. */
const SECTIONS: Partial<Record<Part, Section>> = {
  stage: Stage,
  // On paper, with the settings beneath.
  verdict: (props) => (
    <>
      <Verdict {...props} />
      <Printed {...props} />
    </>
  ),
  learn: Learn,
  sure: Sure,
  experiments: Experiments,
  layer: Layer,
  settings: Settings,
  keep: Keep,
  class: Classroom,
};

export function Page({ app }: { app: App }) {
  useSignalEffect(() => {
    document.body.dataset.state = app.training.dataState.value;
  });
  const { shows, isWhole } = app.view;
  return (
    <>
      {shows("stage") && (
        <a class="skip" href="#draw" onClick={skip}>
          Skip to the pad
        </a>
      )}
      <ViewProblem app={app} />
      {/* Where the title is not to be seen, it is still the page's. */}
      {shows("title") ? (
        <Header app={app} />
      ) : (
        <div class="spoken">
          <Header app={app} />
        </div>
      )}
      <main class={isWhole.value ? "" : "parts"}>
        {PARTS.map((part) => {
          const Shown = SECTIONS[part];
          return Shown && shows(part) && <Shown key={part} app={app} />;
        })}
      </main>
      {shows("about") && <Footer app={app} />}
      <ViewNote app={app} />
    </>
  );
}

/** The part after # in the address holds the settings, and stays. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#draw")?.focus();
}
