// What each network answers to the pad, and what is to be doubted.

import { useEffect, useState } from "preact/hooks";

import type { Answer } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import {
  BLANK,
  NOBODY_ANSWERS,
  UNLIKE,
  UNSURE,
  answersText,
  certainty,
  invitation,
  labelledText,
  originText,
} from "../../words.js";
import { networkClass } from "../colours.js";
import { NetworkName } from "../network-name.js";
import { percent } from "../numbers.js";

/** So long the drawing rests before the answers are spoken, in ms. */
const REST = 500;

/** A network's answer: the digit, its certainty, a bar a class, and where the weights come from. */
export function Answers({ app }: { app: App }) {
  const { list, answers } = app.networks;
  const imagesInEpoch = app.training.experiment.value?.trainingImages ?? 0;
  return (
    <div class="answers">
      {list.value.map((answerer) => (
        <OneAnswer
          key={answerer.name}
          answerer={answerer}
          answer={answers.value[answerer.slot] ?? null}
          imagesInEpoch={imagesInEpoch}
        />
      ))}
    </div>
  );
}

interface OneAnswerProps {
  answerer: Answerer;
  answer: Answer | null;
  imagesInEpoch: number;
}

function OneAnswer({ answerer, answer, imagesInEpoch }: OneAnswerProps) {
  const { name, slot, origin, digits } = answerer;
  const sound = answer && !answer.diverged ? answer : null;
  return (
    <article
      class={`answer ${networkClass(slot)}`}
      data-model={name}
      aria-labelledby={`${name}-answer`}
    >
      <h2 id={`${name}-answer`}>
        <NetworkName place={slot} name={name} />
      </h2>
      <p class="answer-digit">
        {/* A live region by nature; while one draws it would never be silent. */}
        <output id={`${name}-prediction`} aria-live="off">
          {sound ? `${sound.digit} (${percent(certainty(sound))})` : ""}
        </output>{" "}
        <span class="tag" hidden={!sound?.is_unsure}>
          {UNSURE}
        </span>
      </p>
      <ul class="bars">
        {digits.map((digit, at) => (
          <Bar key={digit} digit={digit} probability={sound?.probabilities[at] ?? null} />
        ))}
      </ul>
      <p class="quiet">{originText(origin, imagesInEpoch)}</p>
    </article>
  );
}

function Bar({ digit, probability }: { digit: number; probability: number | null }) {
  return (
    <li>
      <span class="bar-digit">{digit}</span>
      <svg class="bar" aria-hidden="true">
        <rect width={`${((probability ?? 0) * 100).toFixed(2)}%`} height="100%" />
      </svg>
      <span class="bar-share">{probability === null ? "–" : percent(probability)}</span>
    </li>
  );
}

/** What can be said of all answers, under the pad; and the page's own doubt. */
export function PadWords({ app, id }: { app: App; id: string }) {
  const words = padWords(app);
  const isUnlike = app.networks.isUnlike.value === true;
  return (
    <>
      <p class="pad-words" id={id}>
        {words}
      </p>
      <p class="pad-doubt">
        <span class="tag" hidden={!isUnlike}>
          {UNLIKE}
        </span>
      </p>
      <Spoken words={words} />
    </>
  );
}

function padWords({ drawing, networks, settings }: App): string {
  const received = drawing.received.value;
  if (received.type === "blank") {
    const digits = networks.list.value.find((one) => one.digits.length > 0)?.digits;
    return received.reason === "empty"
      ? invitation(digits ?? settings.digits.value)
      : BLANK[received.reason];
  }
  const answered = networks.list.value.flatMap(({ name, slot, digits }) => {
    const answer = networks.answers.value[slot];
    return answer ? [{ name, answer, digits }] : [];
  });
  if (answered.length === 0) return NOBODY_ANSWERS;
  const content = drawing.content.value;
  const isUnlike = networks.isUnlike.value;
  if (content.type === "strokes") return answersText(answered, isUnlike);
  const chances = answered.map(
    ({ answer, digits }) => answer.probabilities[digits.indexOf(content.digit)] ?? NaN,
  );
  // Of a digit that the networks do not know, no answer is right.
  return chances.some(Number.isNaN)
    ? answersText(answered, isUnlike)
    : labelledText(answered, content.digit, chances);
}

/** The words for those who do not see them, once the drawing rests. */
function Spoken({ words }: { words: string }) {
  const [spoken, setSpoken] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => {
      setSpoken(words);
    }, REST);
    return () => {
      clearTimeout(timer);
    };
  }, [words]);
  return (
    <p class="spoken" aria-live="polite">
      {spoken}
    </p>
  );
}
