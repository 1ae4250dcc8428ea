// On a phone, while training: what the networks answer, and how far they are, when the stage is out of sight.

import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

import type { App } from "../../state/app.js";
import { UNSURE, certainty } from "../../words/drawing.js";
import { networkClass } from "../canvas-colours.js";
import { percent } from "../numbers.js";

/** Less of the answers than this is out of sight. */
const HALF = 0.5;

/** The stage has all of it, so it is for those who see it only. */
export function SlimBar({ app, answers }: { app: App; answers: RefObject<HTMLElement | null> }) {
  const areSeen = useSignal(true);
  useEffect(() => {
    if (!answers.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        areSeen.value = (entries.at(-1)?.intersectionRatio ?? 1) >= HALF;
      },
      { threshold: HALF },
    );
    observer.observe(answers.current);
    return () => {
      observer.disconnect();
    };
  }, [answers, areSeen]);
  const { type } = app.training.phase.value;
  const isOn = type === "training" || type === "paused" || type === "waiting";
  if (areSeen.value || !isOn) return null;
  const fraction = app.training.progress.value?.fraction ?? 0;
  return (
    <div class="slim-bar" aria-hidden="true">
      <ul>
        {app.networks.list.value.map(({ name, slot }) => {
          const answer = app.networks.answers.value[slot];
          const sound = answer && !answer.diverged ? answer : null;
          return (
            <li key={name} class={networkClass(slot)}>
              <b>{sound?.digit ?? "–"}</b>
              <span>
                {name}
                <br />
                {sound ? percent(certainty(sound)) : ""} {sound?.is_unsure ? UNSURE : ""}
              </span>
            </li>
          );
        })}
      </ul>
      <svg class="bar">
        <rect width={`${(fraction * 100).toFixed(2)}%`} height="100%" />
      </svg>
    </div>
  );
}
