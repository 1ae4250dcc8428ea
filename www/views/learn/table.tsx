// The table of epochs of the run shown: the same numbers as the charts, in full precision.

import { useMemo } from "preact/hooks";

import type { HistoryColumns } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Experiment } from "../../state/plan.js";
import { NetworkName } from "../network-name.js";
import { decimal } from "../numbers.js";
import { METRICS, type Metric } from "./lines.js";

const TITLES: Readonly<Record<Metric, string>> = {
  loss: "loss",
  accuracy: "accuracy",
  val_loss: "val. loss",
  val_accuracy: "val. accuracy",
};
/** Rows per part: with each epoch, only the last part is rendered again. */
const PART = 20;

export function HistoryTable({ app }: { app: App }) {
  const experiment = app.training.experiment.value;
  const { networks = [], seeds = [] } = experiment ?? {};
  const names = networks.map(({ name }) => name);
  const run = app.study.read((one) => networks.map((_, place) => one.history_columns(0, place)));
  const epochs = Math.max(0, ...run.map(({ loss }) => loss.length));
  return (
    <div class="scroll tall" tabIndex={0} role="region" aria-label="Table of the epochs">
      <table id="history">
        <caption>
          {epochs === 0
            ? "Empty until the first epoch is done."
            : `The run shown, seed ${seeds[0] ?? ""}.`}
        </caption>
        <thead>
          <tr>
            <td />
            {names.map((name, place) => (
              <th key={name} scope="colgroup" colSpan={METRICS.length}>
                <NetworkName place={place} name={name} />
              </th>
            ))}
          </tr>
          <tr>
            <th scope="col">epoch</th>
            {names.flatMap((name) =>
              METRICS.map((metric) => (
                <th key={name + metric} scope="col">
                  {TITLES[metric]}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.ceil(epochs / PART) }, (_, part) => (
            <Rows
              key={part}
              experiment={experiment}
              names={names}
              run={run}
              from={part * PART}
              to={Math.min(epochs, (part + 1) * PART)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowsProps {
  experiment: Experiment | null;
  names: readonly string[];
  run: readonly HistoryColumns[];
  from: number;
  to: number;
}

/** Some rows, which are made anew where networks have more epochs only: known ones do not change. */
function Rows({ experiment, names, run, from, to }: RowsProps) {
  const counts = run.map(({ loss }) => Math.min(loss.length, to)).join();
  return useMemo(
    () => (
      <>
        {Array.from({ length: to - from }, (_, at) => (
          <Row key={from + at} epoch={from + at + 1} names={names} run={run} />
        ))}
      </>
    ),
    [experiment, from, to, counts],
  );
}

function Row({ epoch, names, run }: Pick<RowsProps, "names" | "run"> & { epoch: number }) {
  const cells = names.flatMap((name, place) =>
    METRICS.map((metric) => ({ name, metric, value: run[place]?.[metric][epoch - 1] })),
  );
  return (
    <tr data-epoch={epoch}>
      <th scope="row">{epoch}</th>
      {cells.map(({ name, metric, value }) => (
        <td
          key={name + metric}
          data-model={name}
          data-metric={metric}
          data-value={value === undefined ? undefined : String(value)}
        >
          {value === undefined ? "" : decimal(value)}
        </td>
      ))}
    </tr>
  );
}
