// The values at one epoch: the one that is pointed at, or else the one shown.

import { useEffect, useState } from "preact/hooks";

import { NetworkName } from "../network-name.js";
import { decimal } from "../numbers.js";
import { SPLITS, type Line, type Measure } from "./lines.js";

/** So long the cursor rests before its values are spoken, in ms. */
const REST = 400;
const MEASURES: readonly Measure[] = ["loss", "accuracy"];

interface ReadoutProps {
  lines: Readonly<Record<Measure, readonly Line[]>>;
  epoch: number;
  /** What the epoch is, where nobody points at it. */
  note: string;
  runs: number;
}

export function Readout({ lines, epoch, note, runs }: ReadoutProps) {
  const splits = SPLITS.filter((split) => lines.loss.some((line) => line.split === split));
  const columns = MEASURES.flatMap((measure) => splits.map((split) => ({ measure, split })));
  const networks = [...new Map(lines.loss.map(({ network, name }) => [network, name]))];
  return (
    <div id="readout" class="scroll" tabIndex={0} role="region" aria-label="Values at an epoch">
      {epoch === 0 ? (
        "The values of each epoch appear here once the first is done."
      ) : (
        <table>
          <caption>
            Epoch {epoch}
            {note}
            {runs > 1 ? ": mean of the runs" : ""}
          </caption>
          <thead>
            <tr>
              <td />
              {columns.map(({ measure, split }) => (
                <th key={measure + split} scope="col">
                  {split} {measure}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {networks.map(([network, name]) => (
              <tr key={network}>
                <th scope="row">
                  <NetworkName place={network} name={name} />
                </th>
                {columns.map(({ measure, split }) => (
                  <td key={measure + split}>
                    {valueText(
                      lines[measure].find(
                        (line) => line.network === network && line.split === split,
                      ),
                      epoch,
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function valueText(line: Line | undefined, epoch: number): string {
  const value = line?.values[epoch - 1];
  if (value === undefined && !line?.hasDiverged) return "";
  if (value === undefined || value === null) return "blew up";
  const deviation = line?.deviations[epoch - 1] ?? null;
  return decimal(value) + (deviation === null ? "" : ` ± ${decimal(deviation)}`);
}

/** The values of one chart for those who do not see them, once the cursor rests. */
export function SpokenValues({ lines, epoch }: { lines: readonly Line[]; epoch: number | null }) {
  const [spoken, setSpoken] = useState("");
  const values = lines
    .filter((line) => typeof line.values[(epoch ?? 0) - 1] === "number")
    .map((line) => `${line.name} ${line.split} ${valueText(line, epoch ?? 0)}`);
  const words = epoch === null ? "" : `Epoch ${epoch}: ${values.join(", ") || "no values"}`;
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(words), REST);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <p id="readout-spoken" class="spoken" role="status">
      {spoken}
    </p>
  );
}
