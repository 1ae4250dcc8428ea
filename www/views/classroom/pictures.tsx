// The small pictures of the words, on 120 by 64 units. Curves are computed, not drawn by hand.

import type { ComponentChildren } from "preact";

import type { WordName } from "../../words/classroom.js";
import { digitPatches, dots, path } from "./shapes.js";

export const PICTURES: Readonly<Record<WordName, () => ComponentChildren>> = {
  epoch: () => (
    <>
      {digitPatches(6, 14, 36, 14)}
      <path class="line" d="M104 30C112 8 8 8 14 28" />
      <Head x={14} y={30} turn={90} />
    </>
  ),
  batch: () => (
    <>
      {Array.from({ length: 32 }, (_, at) => (
        <rect
          key={at}
          class="faint"
          x={8 + 8 * (at % 8)}
          y={16 + 8 * Math.floor(at / 8)}
          width="6"
          height="6"
        />
      ))}
      <path class="line" d="M78 31H98" />
      <Head x={100} y={31} turn={0} />
      <circle class="full" cx="109" cy="31" r="4" />
    </>
  ),
  rate: () => (
    <>
      <path class="line faint" d={path(-1, 1, (x) => onValley(x, 0))} />
      <Steps left={0} from={-0.95} rate={0.12} count={5} />
      <path class="line faint" d={path(-1, 1, (x) => onValley(x, 60))} />
      <Steps left={60} from={-0.62} rate={1.06} count={4} />
    </>
  ),
  loss: () => (
    <>
      <path class="rule" d="M14 4V50H112" />
      <path
        class="line"
        d={path(0.018, 1, (chance) => [14 + 96 * chance, 50 + 11 * Math.log(chance)])}
      />
      <text x="14" y="62">
        0 %
      </text>
      <text x="112" y="62" text-anchor="end">
        100 %
      </text>
    </>
  ),
  validation: () => (
    <>
      <rect class="faint" x="6" y="24" width="84" height="18" />
      <rect class="full" x="93" y="24" width="21" height="18" />
      <text x="48" y="56" text-anchor="middle">
        train
      </text>
      <text x="103" y="56" text-anchor="middle">
        judge
      </text>
    </>
  ),
  overfitting: () => (
    <>
      <Axes />
      <path class="line faint" d={path(0, 1, (x) => [14 + 96 * x, 52 - 42 * Math.exp(-5 * x)])} />
      <path
        class="line"
        d={path(0, 1, (x) => [14 + 96 * x, 48 - 38 * Math.exp(-9 * x) - 26 * x * x])}
      />
    </>
  ),
  calibration: () => (
    <>
      <Axes />
      <path class="line faint" d="M14 56L110 8" />
      <path class="line" d={path(0, 1, (x) => [14 + 96 * x, 56 - 48 * (0.2 + 0.55 * x)])} />
    </>
  ),
  seed: () => (
    <>
      <rect class="line" x="40" y="12" width="40" height="40" rx="7" />
      {dots([
        [50, 22],
        [70, 22],
        [60, 32],
        [50, 42],
        [70, 42],
      ])}
    </>
  ),
  relu: () => (
    <>
      <path class="rule" d="M60 8V60M10 44H110" />
      <path class="line" d="M10 44H60L96 8" />
    </>
  ),
  softmax: () => (
    <>
      <path class="rule" d="M6 44H46M74 56H114" />
      {SCORES.map((score, at) => (
        <rect
          key={at}
          class="faint"
          x={10 + 12 * at}
          y={score > 0 ? 44 - 12 * score : 44}
          width="8"
          height={12 * Math.abs(score)}
        />
      ))}
      <path class="line" d="M52 36H65" />
      <Head x={67} y={36} turn={0} />
      {SCORES.map((score, at) => {
        const height = (48 * Math.exp(score)) / SUM;
        return (
          <rect key={at} class="full" x={78 + 12 * at} y={56 - height} width="8" height={height} />
        );
      })}
    </>
  ),
};

/** What softmax is shown with. */
const SCORES = [2.5, -1, 1];
const SUM = SCORES.reduce((sum, score) => sum + Math.exp(score), 0);

/** An arrow's head, which points to the right where it is not turned. */
function Head({ x, y, turn }: { x: number; y: number; turn: number }) {
  return (
    <path class="full" d="M0 0L-6 -3.5V3.5Z" transform={`translate(${x} ${y}) rotate(${turn})`} />
  );
}

function Axes() {
  return <path class="rule" d="M14 6V56H112" />;
}

/** Where x lies on the valley x² that begins at `left`. */
const onValley = (x: number, left: number): readonly [number, number] => [
  left + 30 + 26 * x,
  54 - 44 * x * x,
];

interface StepsProps {
  /** Where the valley begins. */
  left: number;
  from: number;
  /** Of the way to the bottom, a step takes twice as much; past 0.5, it goes beyond. */
  rate: number;
  count: number;
}

/** Gradient descent on x², whose slope is 2x. */
function Steps({ left, from, rate, count }: StepsProps) {
  const places = Array.from({ length: count + 1 }, (_, step) =>
    onValley(from * (1 - 2 * rate) ** step, left),
  );
  return (
    <>
      <path class="line" d={`M${places.map((place) => place.join(" ")).join("L")}`} />
      {dots(places, 2)}
    </>
  );
}
