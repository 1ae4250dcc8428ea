// The page: its first half, the place of the second (whose order is in state/sections.ts), and its state on the body.

import { useSignalEffect } from "@preact/signals";

import type { App } from "../state/app.js";
import { SECOND_HALF } from "../state/sections.js";
import { Footer } from "./footer.js";
import { Header } from "./header.js";
import { Printed } from "./printed.js";
import { type Half, SecondPlace } from "./second-place.js";
import { Stage } from "./stage/stage.js";
import { Verdict } from "./verdict/verdict.js";
import { ViewNote, ViewProblem } from "./view-note.js";

interface PageProps {
  readonly app: App;
  readonly half: Half;
  /** Whether what was prerendered of the second half stands there. */
  readonly isPrerendered: boolean;
}

export function Page({ app, half, isPrerendered }: PageProps) {
  useSignalEffect(() => {
    document.body.dataset.state = app.training.dataState.value;
  });
  const { shows, isWhole } = app.view;
  const hasSecondHalf = SECOND_HALF.some(shows);
  // Avoids a layout shift when the second half comes.
  const isEndThere = isPrerendered || !hasSecondHalf || half.coming.value.type !== "not yet";
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
        {shows("stage") && <Stage app={app} />}
        {shows("verdict") && <Verdict app={app} />}
        {/* On paper, with the settings beneath. */}
        {shows("verdict") && <Printed app={app} />}
        {hasSecondHalf && <SecondPlace app={app} half={half} />}
      </main>
      {isEndThere && shows("about") && <Footer app={app} />}
      {isEndThere && <ViewNote app={app} />}
    </>
  );
}

/** The part after # in the address holds the settings, and stays. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#draw")?.focus();
}
