// Two networks run by run: by each measure a row with a dot a run around the line at 0, and the mean with its interval.

import type { Criterion as Measure, Difference } from "../../pkg/mnist_cubic.js";
import {
  betterText,
  differenceText,
  dotsTwin,
  longestDifference,
  measureText,
} from "../../words/differences.js";
import { NetworkName } from "../network-name.js";
import { placed } from "./scale.js";

export const MEASURES: readonly Measure[] = ["loss", "mistakes", "truth", "first_epoch"];

/** In CSS pixels. */
const HEIGHT = 28;
const DOT = 3.5;
const MEAN = 4.5;
/** The dots' height, and that of the mean beneath them. */
const [ABOVE, BELOW] = [8, 20];

interface DotsProps {
  readonly names: readonly [string, string];
  /** Their places. */
  readonly networks: readonly [number, number];
  /** Empty as long as there is nothing to show. */
  readonly measures: readonly Difference[];
}

export function Dots({ names, networks, measures }: DotsProps) {
  return (
    <div class="dots">
      <p class="dots-ends">
        {names.map((name, at) => (
          <NetworkName key={name} place={networks[at] ?? 0} name={betterText(name)} />
        ))}
      </p>
      <dl>
        {MEASURES.map((measure) => {
          const difference = measures.find((one) => one.measure === measure);
          return (
            <div key={measure} data-measure={measure}>
              <dt>{measureText(measure)}</dt>
              <dd class="dots-row">
                {difference ? <Row difference={difference} /> : <Empty />}
                {difference && difference.of_runs.length > 0 && (
                  <span class="spoken">{dotsTwin(difference, names)}</span>
                )}
              </dd>
              <dd class="dots-said slot" data-longest={longestDifference(names)}>
                <span>{difference ? differenceText(difference, names) : ""}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Empty() {
  return (
    <svg height={HEIGHT} aria-hidden="true">
      <line class="zero" x1="50%" x2="50%" y1="0" y2={HEIGHT} />
    </svg>
  );
}

function Row({ difference }: { difference: Difference }) {
  const { dots, interval } = placed(difference);
  return (
    <svg height={HEIGHT} aria-hidden="true">
      <line class="zero" x1="50%" x2="50%" y1="0" y2={HEIGHT} />
      {dots.map((at, run) => (
        <circle key={run} class="run" cx={percentage(at)} cy={ABOVE} r={DOT} />
      ))}
      {interval && (
        <>
          <line
            class="interval"
            x1={percentage(interval.low)}
            x2={percentage(interval.high)}
            y1={BELOW}
            y2={BELOW}
          />
          <circle class="mean" cx={percentage(interval.mean)} cy={BELOW} r={MEAN} />
        </>
      )}
    </svg>
  );
}

const percentage = (share: number): string => `${(100 * share).toFixed(2)}%`;
