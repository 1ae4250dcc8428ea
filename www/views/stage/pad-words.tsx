// What can be said of all answers, beside the pad.

import { useEffect, useState } from "preact/hooks";

import type { App } from "../../state/app.js";
import {
  BLANK,
  NOBODY_ANSWERS,
  answersText,
  invitation,
  labelledText,
} from "../../words/drawing.js";
import { askedFor } from "./asked-for.js";

/** Debounce before the answers are spoken, in ms. */
const REST = 500;

export function PadWords({ app, id }: { app: App; id: string }) {
  const words = padWords(app);
  const received = app.drawing.received.value;
  const isEmpty = received.type === "blank" && received.reason === "empty";
  return (
    <>
      <p class="pad-words" id={id}>
        {/* The pad itself shows its invitation. */}
        <span class={isEmpty ? "spoken" : ""}>{words}</span>
      </p>
      {/* The page's own drawing isn't announced. */}
      <Spoken words={app.demonstration.isShown.value ? "" : words} />
    </>
  );
}

/** What is to be said of what is on the pad. */
export function padWords(app: App): string {
  const { drawing, networks } = app;
  const received = drawing.received.value;
  const content = drawing.content.value;
  if (received.type === "blank") {
    const isOurs = content.type === "demonstration";
    return received.reason === "empty" || isOurs
      ? invitation(askedFor(app))
      : BLANK[received.reason];
  }
  const answered = networks.list.value.flatMap(({ name, slot, digits }) => {
    const answer = networks.answers.value[slot];
    return answer ? [{ name, answer, digits }] : [];
  });
  if (answered.length === 0) return NOBODY_ANSWERS;
  const isUnlike = networks.isUnlike.value;
  if (content.type !== "digit") return answersText(answered, isUnlike);
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
