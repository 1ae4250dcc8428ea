// The values at one moment: the one that is pointed at, or else the one shown.

import { useEffect, useState } from "preact/hooks";

import { NetworkName } from "../network-name.js";
import type { Plan } from "./chart-plan.js";
import type { Line } from "./lines.js";
import { momentText, readingText } from "./reading.js";

/** Debounce before the cursor's values are spoken, in ms. */
const REST = 400;

interface ReadoutProps {
  names: readonly string[];
  plans: readonly Plan[];
  /** In epochs; null where there is nothing to read. */
  moment: number | null;
  imagesInEpoch: number;
  /** What the moment is, where nobody points at it. */
  note: string;
  /** Instead of values. */
  nothing: string;
}

export function Readout({ names, plans, moment, imagesInEpoch, note, nothing }: ReadoutProps) {
  const columns = plans.flatMap(({ measure, lines }) =>
    [...new Set(lines.map(({ split }) => split))].map((split) => ({ measure, split, lines })),
  );
  const shown = names.flatMap((name, network) =>
    plans.some(({ lines }) => lines.some((line) => line.network === network))
      ? [{ name, network }]
      : [],
  );
  return (
    <div id="readout" class="scroll" tabIndex={0} role="region" aria-label="Values at an epoch">
      <table>
        <caption>{moment === null ? nothing : momentText(moment, imagesInEpoch) + note}</caption>
        <thead>
          <tr>
            <td />
            {columns.map(({ measure, split }) => (
              <th key={measure + split} scope="col">
                {split === "training" ? split : measure}
                {split === "training" && <span class="spoken"> {measure}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ network, name }) => (
            <tr key={network}>
              <th scope="row">
                <NetworkName place={network} name={name} />
              </th>
              {columns.map(({ measure, split, lines }) => (
                <td key={measure + split}>
                  <span class="value">
                    {moment === null
                      ? ""
                      : readingText(measure, lineOf(lines, network, split), moment)}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const lineOf = (lines: readonly Line[], network: number, split: Line["split"]) =>
  lines.find((line) => line.network === network && line.split === split);

interface SpokenProps {
  plan: Plan;
  moment: number | null;
  imagesInEpoch: number;
}

/** The values of one chart for those who do not see them, once the cursor rests. */
export function SpokenValues({ plan: { measure, lines }, moment, imagesInEpoch }: SpokenProps) {
  const [spoken, setSpoken] = useState("");
  const values = lines.flatMap((line) => {
    const text = moment === null ? "" : readingText(measure, line, moment);
    return text && text !== "–" ? [`${line.name} ${line.split} ${text}`] : [];
  });
  const words =
    moment === null
      ? ""
      : `${momentText(moment, imagesInEpoch)}: ${values.join(", ") || "no values"}`;
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
