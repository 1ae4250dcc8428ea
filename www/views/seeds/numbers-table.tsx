// The pairs of networks in numbers, at the last epoch and at each network's own best one.

import type { Difference, Differences } from "../../pkg/mnist_cubic.js";
import { INTERVAL, measureText, rowText, signedText } from "../../words/differences.js";

interface TableProps {
  readonly names: readonly string[];
  readonly last: Differences;
  readonly best: Differences;
}

export function NumbersTable({ names, last, best }: TableProps) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Differences in numbers">
      <table id="differences">
        <thead>
          <tr>
            <td colSpan={2} />
            <th scope="colgroup" colSpan={3}>
              after epoch {last.epoch}
            </th>
            <th scope="colgroup" colSpan={3}>
              each after its own best epoch
            </th>
          </tr>
          <tr>
            <th scope="col">networks</th>
            <th scope="col">measure</th>
            {["last", "best"].map((moment) => (
              <Columns key={moment} />
            ))}
          </tr>
        </thead>
        <tbody>
          {last.pairs.flatMap(({ networks: [a, b], measures }, pair) =>
            measures.map((one) => {
              const theirs = [names[a] ?? "", names[b] ?? ""] as const;
              const its = best.pairs[pair]?.measures.find(({ measure }) => measure === one.measure);
              return (
                <tr
                  key={`${pair} ${one.measure}`}
                  data-pair={theirs.join()}
                  data-measure={one.measure}
                >
                  <th scope="row">{rowText(one.measure, theirs)}</th>
                  <th scope="row">{measureText(one.measure)}</th>
                  <Cells moment="last" difference={one} />
                  <Cells moment="best" difference={its ?? null} />
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Columns() {
  return (
    <>
      <th scope="col">mean</th>
      <th scope="col">{INTERVAL}</th>
      <th scope="col">wins</th>
    </>
  );
}

/** `moment` tells tests, and whoever reads the page by machine, which of the two it is. */
function Cells({ moment, difference }: { moment: string; difference: Difference | null }) {
  const interval = difference?.alone ?? null;
  const text = (value: number): string => (difference ? signedText(difference.measure, value) : "");
  return (
    <>
      <td data-moment={moment} data-value={interval?.mean}>
        {interval ? text(interval.mean) : "–"}
      </td>
      <td data-low={interval?.low} data-high={interval?.high}>
        {interval ? `${text(interval.low)} to ${text(interval.high)}` : "–"}
      </td>
      <td>{difference ? winsText(difference) : "–"}</td>
    </>
  );
}

function winsText({ comparison: { wins, ties } }: Difference): string {
  const [a, b] = wins;
  return ties > 0 ? `${a} : ${b} (${ties} equal)` : `${a} : ${b}`;
}
