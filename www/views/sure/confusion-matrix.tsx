// A network's confusion matrix: a grid in which arrow keys move; pressing a cell chooses its digits.

import { type Signal, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";

import { cellLabel, matrixCaption } from "../../words/sure.js";
import { networkClass } from "../canvas-colours.js";
import { percent, thousands } from "../numbers.js";
import type { Cell } from "./gallery-images.js";
import type { Look } from "./look.js";
import { countsOf, type Reading } from "./reading.js";

interface MatrixProps {
  readonly look: Look;
  readonly network: number;
  readonly reading: Reading;
  readonly cell: Signal<Cell | null>;
}

export function Matrix({ look, network, reading, cell }: MatrixProps) {
  const { images, digits, names } = look;
  const name = names[network] ?? "";
  const classes = images?.classes ?? new Uint8Array();
  const counts = useMemo(
    () => countsOf(reading, classes, digits.length),
    [reading, classes, digits.length],
  );
  const body = useRef<HTMLTableSectionElement>(null);
  /** The cell of the roving tabindex. */
  const current = useSignal<readonly [number, number]>([0, 0]);
  const focus = (truth: number, answer: number): void => {
    const within = (place: number) => Math.min(digits.length - 1, Math.max(0, place));
    current.value = [within(truth), within(answer)];
    const selector = `[data-at="${current.value.join(" ")}"]`;
    body.current?.querySelector<HTMLElement>(selector)?.focus();
  };
  const press = (truth: number, answer: number): void => {
    const isChosen = isCell(cell.peek(), network, truth, answer);
    cell.value = isChosen ? null : { network, truth, answer };
  };
  const onKey = (event: KeyboardEvent, truth: number, answer: number): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const targets: Readonly<Record<string, readonly [number, number]>> = {
      ArrowRight: [truth, answer + 1],
      ArrowLeft: [truth, answer - 1],
      ArrowDown: [truth + 1, answer],
      ArrowUp: [truth - 1, answer],
      Home: [truth, 0],
      End: [truth, digits.length - 1],
    };
    const to = targets[event.key];
    if (event.key === "Enter" || event.key === " ") press(truth, answer);
    else if (!to) return;
    else focus(...to);
    event.preventDefault();
  };
  return (
    <div class={`matrix ${networkClass(network)}`} data-model={name}>
      <p class="matrix-caption" id={`matrix-${name}`}>
        <span class="mark" aria-hidden="true" />
        {matrixCaption(name, reading, classes.length)}
      </p>
      <div class="scroll">
        <table role="grid" aria-labelledby={`matrix-${name}`}>
          <thead>
            <tr role="row">
              <td role="gridcell" />
              {digits.map((digit) => (
                <th key={digit} scope="col" role="columnheader">
                  read as
                  <br />
                  {digit}
                </th>
              ))}
              <th scope="col" role="columnheader">
                right
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {digits.map((digit, truth) => {
              const row = counts[truth] ?? [];
              const all = row.reduce((sum, count) => sum + count, 0);
              return (
                <tr key={digit} role="row">
                  <th scope="row" role="rowheader">
                    a&nbsp;{digit}
                  </th>
                  {row.map((count, answer) => (
                    <td
                      key={answer}
                      role="gridcell"
                      class={kindOf(count, all, truth === answer)}
                      tabIndex={current.value.join(" ") === `${truth} ${answer}` ? 0 : -1}
                      aria-selected={isCell(cell.value, network, truth, answer)}
                      aria-label={cellLabel(digit, digits[answer] ?? 0, count)}
                      data-at={`${truth} ${answer}`}
                      data-digit={digit}
                      data-answer={digits[answer]}
                      data-count={count}
                      onFocus={() => (current.value = [truth, answer])}
                      onClick={() => press(truth, answer)}
                      onKeyDown={(event) => onKey(event, truth, answer)}
                    >
                      {thousands(count)}
                    </td>
                  ))}
                  <td role="gridcell" class="rate">
                    {all > 0 ? percent((row[truth] ?? 0) / all) : "–"}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function isCell(cell: Cell | null, network: number, truth: number, answer: number): boolean {
  return cell?.network === network && cell.truth === truth && cell.answer === answer;
}

/** The more of a digit's images are read so, the darker. */
function kindOf(count: number, all: number, isRight: boolean): string {
  if (count === 0) return "cell none";
  const share = count / all;
  if (isRight) return "cell right";
  return `cell wrong-${share < 0.005 ? 1 : share < 0.02 ? 2 : share < 0.1 ? 3 : 4}`;
}
