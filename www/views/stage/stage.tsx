// The stage: draw, see the drawing flow through the networks and what they answer, and train them.

import { useComputed } from "@preact/signals";
import { useRef } from "preact/hooks";

import type { App } from "../../state/app.js";
import { Answer } from "./answers.js";
import { readBatch } from "./batch.js";
import { useDemonstration } from "./demonstration.js";
import { Flow } from "./flow.js";
import { FlowNote } from "./flow-note.js";
import { Pad } from "./pad.js";
import { PadControls } from "./pad-controls.js";
import { PadWords } from "./pad-words.js";
import { Progress } from "./progress.js";
import { SlimBar } from "./slim-bar.js";
import { Status } from "./status.js";
import { TrainingButtons } from "./training-buttons.js";

const WORDS = "pad-words";

export function Stage({ app }: { app: App }) {
  const networks = useRef<HTMLDivElement>(null);
  const batch = useComputed(() => readBatch(app));
  useDemonstration(app);
  const list = app.networks.list.value;
  const note = () => <FlowNote batch={batch.value} count={list.length} />;
  return (
    <>
      <section id="draw" class="stage" aria-label="Draw" tabIndex={-1}>
        <div class="stage-pad">
          <Pad app={app} describedBy={WORDS} />
          <PadControls app={app} />
        </div>
        <div class="networks" ref={networks}>
          {list.map((answerer) => [
            <Flow key={`${answerer.name} flow`} app={app} answerer={answerer} />,
            <Answer key={answerer.name} app={app} answerer={answerer} />,
          ])}
        </div>
        <div class="stage-words">
          <PadWords app={app} id={WORDS} />
          {note()}
        </div>
      </section>
      <section id="run" aria-label="Train">
        <Synthetic app={app} />
        <div class="run-row">
          <TrainingButtons app={app} />
          <Progress app={app} />
        </div>
        <Status app={app} />
        {/* Where there is no room for it beside the pad. */}
        <div class="flows-below">
          {list.map((answerer) => (
            <Flow key={answerer.name} app={app} answerer={answerer} />
          ))}
          {note()}
        </div>
      </section>
      <SlimBar app={app} answers={networks} />
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
