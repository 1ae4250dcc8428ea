// Watch them learn: loss and accuracy by epochs, what is drawn of them, and the values at an epoch.

import { useComputed, useSignal } from "@preact/signals";

import type { App } from "../../state/app.js";
import { networkClass } from "../colours.js";
import { counted } from "../numbers.js";
import { Chart } from "./chart.js";
import { useHistories } from "./histories.js";
import { GHOSTS, SPLITS, linesOf, rangeOf, type Measure } from "./lines.js";
import { Readout, SpokenValues } from "./readout.js";
import { HistoryTable } from "./table.js";

const CAPTIONS: Readonly<Record<Measure, string>> = {
  loss: "Loss: how badly its bets went. Lower is better.",
  accuracy: "Accuracy: the share of digits it reads rightly. Higher is better.",
};

export function Learn({ app }: { app: App }) {
  const { snapshots } = app;
  const hidden = useSignal<ReadonlySet<string>>(new Set());
  const isLog = useSignal(false);
  /** Where the reading cursor stands. */
  const pointed = useSignal<{ measure: Measure; epoch: number; byKeys: boolean } | null>(null);

  const read = useHistories(app);
  // Not with each movement of the pointer.
  const drawn = useComputed(() => {
    const drawnOf = (measure: Measure) => linesOf(measure, read.value, hidden.value);
    return { loss: drawnOf("loss"), accuracy: drawnOf("accuracy") };
  });
  const lines = drawn.value;
  const { names, imagesInEpoch, epochs, runs, reference } = read.value;
  const moment = snapshots.shown.value;
  const isHeld = snapshots.playhead.value !== "now" && moment !== null && imagesInEpoch > 0;
  const held = isHeld ? moment / imagesInEpoch : null;
  const last = runs[0] ? Math.min(...runs[0].map(({ length }) => length)) : 0;
  const hold = (to: number | "now") => snapshots.move(to === "now" ? to : to * imagesInEpoch);

  const chart = (measure: Measure) => (
    <figure>
      <figcaption id={`${measure}-caption`}>{CAPTIONS[measure]}</figcaption>
      <Chart
        measure={measure}
        lines={lines[measure]}
        epochs={epochs}
        isLog={isLog.value && measure === "loss"}
        pointed={pointed.value?.epoch ?? null}
        held={held}
        onPoint={(epoch, byKeys) => {
          pointed.value = epoch === null ? null : { measure, epoch, byKeys };
        }}
        onHold={hold}
      />
    </figure>
  );
  const hasReference = reference.some((one) => one !== null);
  const showsGhosts = hasReference && !hidden.value.has(GHOSTS);
  const tick = (label: string, isOn: boolean, press: () => void, mark = "", isDisabled = false) => (
    <label key={label} class="check">
      <input type="checkbox" checked={isOn} disabled={isDisabled} onChange={press} />
      {mark !== "" && <span class={mark} aria-hidden="true" />} {label}
    </label>
  );
  const tickPart = (part: string, mark = "", isThere = true) => {
    const isOn = isThere && !hidden.value.has(part);
    const others = [...hidden.value].filter((one) => one !== part);
    const toggle = () => (hidden.value = new Set(isOn ? [...others, part] : others));
    return tick(part, isOn, toggle, mark, !isThere);
  };
  return (
    <section id="curves" aria-labelledby="curves-title">
      <h2 id="curves-title">Watch them learn</h2>
      <p class="quiet">
        Colour is the network. Solid: digits it never trains on; dashed: those it trains on. Point
        at a chart, or move through it with the arrow keys, to read an epoch. Drag across to go back
        in time; the whole page follows.
      </p>
      <fieldset class="series">
        <legend class="spoken">Lines shown</legend>
        {names.map((name, place) => tickPart(name, `mark ${networkClass(place)}`))}
        {SPLITS.map((split) => tickPart(split, `line ${split}`))}
        {tick("log scale for loss", isLog.value, () => (isLog.value = !isLog.value))}
        {tickPart(GHOSTS, "", hasReference)}
      </fieldset>
      <div class="charts">
        {chart("loss")}
        {chart("accuracy")}
      </div>
      <p id="chart-note" class="quiet">
        {notesText(runs.length, rangeOf("loss", isLog.value, lines.loss).isCut, showsGhosts)}
      </p>
      <div class="buttons">
        <button type="button" disabled={!isHeld} onClick={() => hold("now")}>
          Back to now
        </button>
      </div>
      <Readout
        lines={lines}
        epoch={pointed.value?.epoch ?? Math.min(last, Math.floor(held ?? last))}
        note={pointed.value ? "" : isHeld ? ", held" : ", the last that all networks have finished"}
        runs={runs.length}
      />
      <SpokenValues
        lines={lines[pointed.value?.measure ?? "loss"]}
        epoch={pointed.value?.byKeys ? pointed.value.epoch : null}
      />
      <details>
        <summary>The same numbers as a table</summary>
        <HistoryTable app={app} />
      </details>
    </section>
  );
}

function notesText(runs: number, isCut: boolean, hasGhosts: boolean): string {
  const notes = ["A ring marks the epoch of lowest validation loss."];
  if (runs > 1)
    notes.push(
      `Strong lines are means of ${counted(runs, "run")}, shades are ± one standard deviation, faint lines are single runs.`,
    );
  if (hasGhosts) notes.push("Behind them, thin: ten runs made before.");
  if (isCut) notes.push("The largest losses are cut off; the log scale shows them.");
  return notes.join(" ");
}
