// The stage: draw, see both networks answer, and train them.

import type { App } from "../../state/app.js";
import { Answers, PadWords } from "./answers.js";
import { Controls } from "./controls.js";
import { Pad } from "./pad.js";
import { PadControls } from "./pad-controls.js";
import { Received } from "./received.js";
import { Status } from "./status.js";

const WORDS = "pad-words";

export function Stage({ app }: { app: App }) {
  return (
    <>
      <section id="draw" aria-label="Draw" tabIndex={-1}>
        <div class="stage">
          <div class="stage-pad">
            <Pad drawing={app.drawing} describedBy={WORDS} />
            <PadWords app={app} id={WORDS} />
            <PadControls app={app} />
          </div>
          <Received drawing={app.drawing} />
          <Answers app={app} />
        </div>
      </section>
      <section id="run" aria-label="Train">
        <Synthetic app={app} />
        <Controls training={app.training} />
        <Status app={app} />
      </section>
    </>
  );
}

function Synthetic({ app: { images } }: { app: App }) {
  return (
    <p id="synthetic" class="notice" hidden={images.source.value !== "synthetic"}>
      <strong>These are synthetic digits, not MNIST.</strong> MNIST couldn’t be had where this page
      was made, so it draws digits of its own. The numbers below say nothing about MNIST.
    </p>
  );
}
