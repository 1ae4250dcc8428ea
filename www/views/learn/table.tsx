// The table of epochs of the run shown: the same numbers as the charts, in full precision.

import { useMemo } from "preact/hooks";

import type { Epoch } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import { NetworkName } from "../network-name.js";
import { decimal } from "../numbers.js";
import { METRICS, type Metric } from "./lines.js";

const TITLES: Readonly<Record<Metric, string>> = {
  loss: "loss",
  accuracy: "accuracy",
  val_loss: "val. loss",
  val_accuracy: "val. accuracy",
};

export function HistoryTable({ app }: { app: App }) {
  const { networks = [], seeds = [] } = app.training.experiment.value ?? {};
  const names = networks.map(({ name }) => name);
  const run = app.study.read((one) => networks.map((_, network) => one.history(0, network)));
  const epochs = Math.max(0, ...run.map(({ length }) => length));
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
          {Array.from({ length: epochs }, (_, at) => (
            <Row key={at} epoch={at + 1} names={names} values={run.map((history) => history[at])} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  epoch: number;
  names: readonly string[];
  values: readonly (Epoch | undefined)[];
}

/** A row, which is made anew where it changes only: a thousand of them stay as they were after each epoch. */
function Row({ epoch, names, values }: RowProps) {
  const cells = names.flatMap((name, place) =>
    METRICS.map((metric) => ({ name, metric, value: values[place]?.[metric] })),
  );
  return useMemo(
    () => (
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
    ),
    cells.flatMap(({ name, value }) => [name, value]),
  );
}
