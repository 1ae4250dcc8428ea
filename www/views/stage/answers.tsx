// What a network answers to the pad: the digit, its certainty or its doubt, a bar a class.

import { useMemo } from "preact/hooks";

import type { Answer as Given, CustomPart } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { answerNote, sureText } from "../../words/answers.js";
import { UNSURE, certainty, originText } from "../../words/drawing.js";
import { withoutNote } from "../../words/layer-parts.js";
import { networkClass } from "../canvas-colours.js";
import { customLayersOf, formulaOfAll } from "../layer/anatomy.js";
import { NetworkName } from "../network-name.js";
import { percent } from "../numbers.js";

const NOTHING: ReadonlySet<CustomPart> = new Set();
/** More classes than this stand in two columns. */
const MOST_ROWS = 5;

export function Answer({ app, answerer }: { app: App; answerer: Answerer }) {
  const { name, slot, origin, digits, layers } = answerer;
  const custom = useMemo(
    () => customLayersOf([{ layers }], app.study.study.layer_words()),
    [app, layers],
  );
  const answer = app.networks.answers.value[slot] ?? null;
  const sound = answer && !answer.diverged ? answer : null;
  const isUnsure = sound?.is_unsure ?? false;
  const truth = truthOf(app, digits);
  const isWrong = sound !== null && truth !== null && sound.digit !== truth;
  const imagesInEpoch = app.training.experiment.value?.trainingImages ?? 0;
  // Those it is to learn have their places before it knows any.
  const classes = digits.length > 0 ? digits : app.settings.digits.value;
  return (
    <article
      class={`answer ${networkClass(slot)}`}
      data-model={name}
      aria-labelledby={`${name}-answer`}
    >
      <p class="answer-digit">
        {/* A live region by default; it would never be silent during drawing. */}
        <output id={`${name}-prediction`} aria-live="off">
          {sound && (
            <>
              {sound.digit}
              <span class="spoken"> ({percent(certainty(sound))})</span>
            </>
          )}
        </output>
      </p>
      <div class="answer-words">
        <h2 id={`${name}-answer`}>
          <NetworkName place={slot} name={name} />
        </h2>
        <p>
          <span aria-hidden="true">{sound && sureText(sound)}</span>{" "}
          <span class="tag" hidden={!isUnsure}>
            {UNSURE}
          </span>
        </p>
        <p class={isWrong ? "answer-note wrong" : "answer-note"}>
          {answerNote(answer, origin, truth) ||
            withoutNote(
              custom.length > 0 ? app.ablation.removed.value : NOTHING,
              formulaOfAll(custom),
            )}
        </p>
      </div>
      <Bars digits={classes} answer={sound} />
      <p class="spoken">{originText(origin, imagesInEpoch)}</p>
    </article>
  );
}

/** The label of what is on the pad, where it has one that the network could know. */
function truthOf({ drawing }: App, digits: readonly number[]): number | null {
  const content = drawing.content.value;
  return content.type === "digit" && digits.includes(content.digit) ? content.digit : null;
}

function Bars({ digits, answer }: { digits: readonly number[]; answer: Given | null }) {
  return (
    <ul class={digits.length > MOST_ROWS ? "bars two-columns" : "bars"}>
      {digits.map((digit, at) => (
        <Bar key={digit} digit={digit} probability={answer?.probabilities[at] ?? null} />
      ))}
    </ul>
  );
}

/** All are as wide, so that only digits change: padded with spaces of a digit's width. */
function shareText(probability: number | null): string {
  return probability === null ? "–" : percent(probability).padStart(7, "\u2007");
}

function Bar({ digit, probability }: { digit: number; probability: number | null }) {
  return (
    <li>
      <span class="bar-digit">{digit}</span>
      <svg class="bar" aria-hidden="true">
        <rect width={`${((probability ?? 0) * 100).toFixed(2)}%`} height="100%" />
      </svg>
      <span class="bar-share">{shareText(probability)}</span>
    </li>
  );
}
