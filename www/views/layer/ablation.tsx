// Switches that take a part of the custom layers away, and what becomes of the answers.

import { useMemo } from "preact/hooks";

import type { App } from "../../state/app.js";
import type { Answerer } from "../../state/networks.js";
import { isAtEnd } from "../../state/tested.js";
import {
  ABLATION_HINT,
  type AblatedCount,
  ablatedCountText,
  ablatedText,
  NOTHING_TO_REMOVE,
} from "../../words/layer.js";
import { partName } from "../../words/layer-parts.js";
import { networkClass } from "../canvas-colours.js";
import { Slot } from "../verdict/slot.js";
import { type CustomLayer, formulaOfAll } from "./anatomy.js";

const PARTS = ["function", "linear"] as const;
/** As much as is ever said of the test images. */
const LONGEST_COUNT: AblatedCount = { type: "counts", images: 8888, whole: 8888, without: 8888 };

export function AblationSwitches({ app, layers }: { app: App; layers: readonly CustomLayer[] }) {
  const { ablation, networks } = app;
  const formula = formulaOfAll(layers);
  const slots = new Set(layers.map(({ slot }) => slot));
  if (layers.length === 0) return <p class="ablation quiet">{NOTHING_TO_REMOVE}</p>;
  return (
    <div class="ablation">
      <p class="quiet">{ABLATION_HINT}</p>
      {PARTS.map((part) => {
        const isOn = !ablation.removed.value.has(part);
        return (
          <button
            key={part}
            type="button"
            class="toggle"
            role="switch"
            aria-checked={isOn}
            onClick={() => ablation.toggle(part)}
          >
            <svg viewBox="0 0 34 20" aria-hidden="true">
              <rect x="1" y="1" width="32" height="18" rx="9" />
              <circle cx={isOn ? 24 : 10} cy="10" r="6" />
            </svg>
            <span class="formula">{partName(part, formula, "")}</span>
          </button>
        );
      })}
      {networks.list.value
        .filter(({ slot }) => slots.has(slot))
        .map((answerer) => (
          <Ablated
            key={answerer.name}
            app={app}
            answerer={answerer}
            formula={formulaOfAll(layers.filter(({ slot }) => slot === answerer.slot))}
          />
        ))}
    </div>
  );
}

interface AblatedProps {
  readonly app: App;
  readonly answerer: Answerer;
  readonly formula: string;
}

/** What a network answers without them, and how it does on the test images. */
function Ablated({ app, answerer, formula }: AblatedProps) {
  const { slot, name } = answerer;
  const removed = app.ablation.removed.value;
  const answer = app.networks.answers.value[slot] ?? null;
  const both = new Set(PARTS);
  const { weights } = answerer;
  const isSound = useMemo(() => weights?.every(Number.isFinite) ?? false, [weights]);
  const longest = ablatedText(name, formula, both, {
    probabilities: [1],
    class: 0,
    diverged: false,
  });
  return (
    <div class={`ablated ${networkClass(slot)}`} data-model={name}>
      <b>{answer && !answer.diverged ? answer.digit : "–"}</b>
      <div>
        <Slot longest={longest}>{ablatedText(name, formula, removed, answer)}</Slot>
        {/* The pad announces the answer. */}
        <div aria-live="polite">
          <Slot class="quiet" longest={ablatedCountText(LONGEST_COUNT, false)}>
            {ablatedCountText(countOf(app, answerer, isSound), removed.size === 0)}
          </Slot>
        </div>
      </div>
    </div>
  );
}

function countOf(app: App, answerer: Answerer, isSound: boolean): AblatedCount {
  const { weights, digits } = answerer;
  const images = app.images.revision.value >= 0 ? app.images.count("test", digits) : 0;
  if (!weights || digits.length === 0 || images === 0) return { type: "none" };
  if (!isSound) return { type: "none" };
  if (!isAtEnd(app)) return { type: "later" };
  const whole = app.tested.results.value.get(weights)?.test.mistakes.count ?? null;
  const without = app.ablated.test(answerer)?.mistakes.count ?? null;
  return { type: "counts", images, whole, without };
}
