// Watch them learn: loss and mistakes by epochs or images seen, the moment that the page shows, and the values there.

import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

import { save } from "../../lib/save.js";
import type { App } from "../../state/app.js";
import { overlaidText } from "../../words/log.js";
import { networkClass } from "../canvas-colours.js";
import { Word } from "../classroom/word.js";
import { useTitles } from "../experiments/log/titles.js";
import { counted, thousands } from "../numbers.js";
import { Chart } from "./chart.js";
import { planOf, type Plan, type Scale } from "./chart-plan.js";
import { useHistories, type Histories } from "./histories.js";
import { Leads } from "./leads.js";
import { GHOSTS, TRAINING, type Measure } from "./lines.js";
import { NotebookPlot } from "./notebook-plot.js";
import { pictureOf } from "./picture.js";
import { Readout, SpokenValues } from "./readout.js";
import { Switch } from "./switch.js";
import { HistoryTable } from "./table.js";

/** Which of the two is drawn beside the loss. */
type Second = Exclude<Measure, "loss">;

export function Learn({ app }: { app: App }) {
  const scale = useSignal<Scale>("epochs");
  const second = useSignal<Second>("mistakes");
  /** As the visitor chose; else as it suits the horizontal scale. */
  const log = useSignal<boolean | null>(null);
  const hidden = useSignal<ReadonlySet<string>>(new Set());
  const isNotebooks = useSignal(false);
  /** Where somebody points, in epochs. */
  const pointed = useSignal<Pointed | null>(null);

  const read = useHistories(app);
  const isLog = useComputed(() => log.value ?? scale.value === "images");
  const loss = useComputed(() =>
    planOf("loss", scale.value, isLog.value, read.value, hidden.value),
  );
  const other = useComputed(() => {
    // As few mistakes as there are in the end would not be seen beside those of the first images.
    const isOtherLog = second.value === "mistakes" && scale.value === "images";
    return planOf(second.value, scale.value, isOtherLog, read.value, hidden.value);
  });
  const plans = [loss.value, other.value] as const;
  const histories = read.value;
  const captions = captionsOf(second.value, histories);
  const titleOf = useTitles(app.study);
  const overlaid = overlaidText(
    app.log.overlaid.value.map(({ entry }) => `${entry.number} (${titleOf(entry)})`),
  );
  return (
    <section id="curves" aria-labelledby="curves-title">
      <h2 id="curves-title">Watch them learn</h2>
      <div class="learn-head">
        <p class="quiet">
          Bold: digits the network <Word name="validation">never trains on</Word>. Fine: those it
          trains on. A growing gap between them is <Word name="overfitting">overfitting</Word>. Drag
          across your own run to go back in time; the whole page follows.
        </p>
        <div class="series">
          <Switch
            legend="Horizontal scale"
            choices={[
              ["epochs", "by epoch"],
              ["images", "by images seen"],
            ]}
            value={scale.value}
            onChoose={(chosen) => {
              pointed.value = null;
              scale.value = chosen;
            }}
          />
          <Switch
            legend="Beside the loss"
            choices={[
              ["mistakes", "mistakes"],
              ["accuracy", "accuracy"],
            ]}
            value={second.value}
            onChoose={(chosen) => (second.value = chosen)}
          />
          <Lines histories={histories} hidden={hidden} log={app.log} />
          <Check
            label="log scale for loss"
            isOn={isLog.value}
            toggle={(isOn) => (log.value = isOn)}
          />
        </div>
        <Reading app={app} histories={histories} plans={plans} pointed={pointed} />
      </div>
      {isNotebooks.value ? (
        <NotebookPlot read={read} />
      ) : (
        <div class="charts">
          {[loss, other].map((plan, at) => (
            <figure key={plan.value.measure}>
              <Caption text={captions[at] ?? ""} />
              <Chart
                plan={plan}
                imagesInEpoch={histories.imagesInEpoch}
                {...playheadOf(app, histories)}
                pointed={pointed.value?.moment ?? null}
                onPoint={(moment, byKeys) => {
                  const { measure } = plan.value;
                  pointed.value = moment === null ? null : { measure, moment, byKeys };
                }}
                onHold={(to) => hold(app, histories, to)}
              />
            </figure>
          ))}
        </div>
      )}
      <p id="chart-note" class="quiet">
        {notesText(histories, plans)} {overlaid}
      </p>
      <Actions app={app} plans={plans} captions={captions}>
        <Check
          label="the notebook’s own plot"
          isOn={isNotebooks.value}
          toggle={(isOn) => (isNotebooks.value = isOn)}
        />
      </Actions>
      <details>
        <summary>The same numbers as a table</summary>
        <HistoryTable app={app} />
      </details>
    </section>
  );
}

interface Pointed {
  readonly measure: Measure;
  readonly moment: number;
  readonly byKeys: boolean;
}

type Plans = readonly [Plan, Plan];

/** The moment shown, in epochs, and whether it is held there. */
function playheadOf({ snapshots }: App, { imagesInEpoch, runs }: Histories) {
  const images = snapshots.shown.value;
  const shown =
    images === null || imagesInEpoch === 0 || runs.length === 0 ? null : images / imagesInEpoch;
  return { shown, isHeld: shown !== null && snapshots.playhead.value !== "now" };
}

function hold({ snapshots }: App, { imagesInEpoch, runs }: Histories, to: number | "now"): void {
  if (to === "now") snapshots.move(to);
  else if (runs.length > 0) snapshots.move(Math.round(to * imagesInEpoch));
}

function captionsOf(second: Second, { validationImages }: Histories): [string, string] {
  const of = validationImages > 0 ? ` of ${thousands(validationImages)}` : "";
  const others = {
    mistakes: `Mistakes${of} digits it never trained on`,
    accuracy: `Accuracy${of === "" ? "" : ` on ${thousands(validationImages)} digits it never trained on`}`,
  };
  return ["Loss: how badly its bets went (lower is better)", others[second]];
}

/** With the loss explained where it stands. */
function Caption({ text }: { text: string }) {
  const loss = /^Loss/.exec(text)?.[0];
  return (
    <figcaption>
      {loss === undefined ? (
        text
      ) : (
        <>
          <Word name="loss">{loss}</Word>
          {text.slice(loss.length)}
        </>
      )}
    </figcaption>
  );
}

interface CheckProps {
  label: string;
  isOn: boolean;
  toggle: (isOn: boolean) => void;
  mark?: string;
  isDisabled?: boolean;
}

function Check({ label, isOn, toggle, mark, isDisabled = false }: CheckProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={({ currentTarget: { checked } }) => toggle(checked)}
      />
      {mark !== undefined && <span class={mark} aria-hidden="true" />} {label}
    </label>
  );
}

/** Which lines are drawn. */
function Lines({
  histories: { names, reference },
  hidden,
  log,
}: {
  histories: Histories;
  hidden: { value: ReadonlySet<string> };
  log: App["log"];
}) {
  const hasReference = reference.some((one) => one !== null);
  const part = (name: string, mark?: string, isThere = true) => (
    <Check
      key={name}
      label={name}
      isOn={isThere && !hidden.value.has(name)}
      isDisabled={!isThere}
      {...(mark !== undefined && { mark })}
      toggle={(isOn) => {
        const others = [...hidden.value].filter((one) => one !== name);
        hidden.value = new Set(isOn ? others : [...others, name]);
      }}
    />
  );
  return (
    <fieldset class="lines">
      <legend class="spoken">Lines shown</legend>
      {names.map((name, place) => part(name, `mark ${networkClass(place)}`))}
      {part(TRAINING)}
      {part(GHOSTS, undefined, hasReference)}
      {log.overlaid.value.map(({ entry }) => (
        <Check
          key={entry.id}
          label={`experiment ${entry.number}`}
          isOn
          toggle={() => void log.overlay(entry, false)}
        />
      ))}
    </fieldset>
  );
}

interface ReadingProps {
  app: App;
  histories: Histories;
  plans: Plans;
  pointed: { value: Pointed | null };
}

/** The values at the moment pointed at or shown. */
function Reading({ app, histories, plans, pointed }: ReadingProps) {
  const { names, runs, imagesInEpoch } = histories;
  const { shown, isHeld } = playheadOf(app, histories);
  const at = pointed.value;
  // Before a training, the ten runs' final values.
  const isReference = runs.length === 0;
  const moment = at?.moment ?? (isReference ? (plans[0].moments.at(-1) ?? null) : shown);
  const notes = [
    at || isReference ? "" : isHeld ? ", held" : lastText(app, histories),
    isReference ? ", mean of ten earlier runs" : "",
    runs.length < 2 || moment === null ? "" : moment < 1 ? ": the run shown" : ": mean of the runs",
  ];
  const { phase } = app.training;
  const hasStopped = phase.value.type === "finished" && phase.value.stoppedAfter === 0;
  const box = useRef<HTMLDivElement>(null);
  const backToNow = () => {
    app.snapshots.move("now");
    // The button goes, but not the keyboard's focus.
    box.current?.querySelector<HTMLElement>("#readout")?.focus({ preventScroll: true });
  };
  return (
    <div class="reading" ref={box}>
      <Readout
        names={names}
        plans={plans}
        moment={moment}
        imagesInEpoch={imagesInEpoch}
        note={notes.join("")}
        nothing={
          hasStopped
            ? "Stopped before there was anything to read."
            : "Values appear here as the networks learn."
        }
      />
      <Leads app={app} names={names} moment={moment} />
      <SpokenValues
        plan={plans.find(({ measure }) => measure === at?.measure) ?? plans[0]}
        moment={at?.byKeys ? at.moment : null}
        imagesInEpoch={imagesInEpoch}
      />
      {isHeld && (
        <button type="button" onClick={backToNow}>
          Back to now
        </button>
      )}
    </div>
  );
}

/** What is said of the last moment that all networks have. */
function lastText({ snapshots }: App, { isFinished }: Histories): string {
  if (snapshots.shown.value !== snapshots.moments.value.at(-1)) return "";
  return isFinished ? ", the last" : ", the latest";
}

interface ActionsProps {
  app: App;
  plans: Plans;
  captions: readonly string[];
  children: ComponentChildren;
}

function Actions({ app, plans, captions, children }: ActionsProps) {
  const said = useSignal("");
  const isEmpty = plans.every(({ lines }) => lines.every(({ curve }) => curve.x.length === 0));
  const savePicture = async () => {
    const texts = { ...textsOf(app), captions };
    save("curves.png", await pictureOf(texts, plans));
    said.value = "curves.png is saved.";
  };
  return (
    <div class="buttons">
      <button type="button" disabled={isEmpty} onClick={() => void savePicture()}>
        Save picture
      </button>
      {children}
      <span class="quiet" role="status">
        {said.value}
      </span>
    </div>
  );
}

/** What stands over the charts in the picture. */
function textsOf({ training, settings }: App) {
  const hash = training.experiment.value?.hash ?? settings.hash.value;
  const shown = training.experiment.value?.networks ?? settings.networks.value;
  return {
    title: document.querySelector("h1")?.textContent ?? document.title,
    settings: hash.replaceAll("&", " · ").replaceAll("=", " ").replaceAll(",", ", "),
    networks: shown.map(({ name, layers }) => `${name}: ${layers.replaceAll(",", " → ")}`),
  };
}

function notesText({ runs, names }: Histories, plans: Plans): string {
  const notes: string[] = [];
  const lines = plans[0].lines;
  const hasGhosts = lines.some(({ ghosts }) => ghosts.length > 0);
  if (runs.length === 0 && hasGhosts)
    notes.push("Means of ten runs made before; faint: each of them. Train to see your own.");
  else if (hasGhosts) notes.push("Faint: ten runs made before.");
  if (runs.length > 1)
    notes.push(
      `Bold: the mean of your ${counted(runs.length, "run")}, in a band of ± one standard deviation.`,
    );
  const broken = names.filter((name) =>
    lines.some((line) => line.name === name && line.hasDiverged),
  );
  if (broken.length > 0) notes.push(`∞: ${broken.join(", ")} blew up.`);
  if (plans.some(({ isCut }) => isCut))
    notes.push("The largest values are cut off; the log scale shows them.");
  return notes.join(" ");
}
