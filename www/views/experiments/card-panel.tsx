// A card that is open: the guess, the button that runs it, and what came out.

import type { Differences } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import { guessesFor } from "../../state/cards/answer.js";
import type { Dealt, Result } from "../../state/cards/cards.js";
import { LEAST_SEEDS } from "../../state/core-constants.js";
import {
  CARD_WORDS,
  EARLIER,
  guessLabel,
  LONGEST_OUTCOME,
  outcomeText,
  planText,
  REPEAT,
  RUN,
  TAKE_BACK,
  type Waiting,
  waitingText,
} from "../../words/cards.js";
import { SeedDots, SeedNumbers } from "../seeds/seeds.js";
import { Slot } from "../verdict/slot.js";
import { CardValues } from "./card-values.js";

interface PanelProps {
  readonly app: App;
  readonly card: Dealt;
}

export function CardPanel({ app, card }: PanelProps) {
  const { cards } = app;
  const result = cards.resultOf(card.id);
  const runs = result?.runs ?? card.runs;
  const names = card.networks.map(({ name }) => name);
  const earlier = result ? null : earlierRuns({ app, card });
  const isShown = cards.shown.value === card.id;
  return (
    <div
      class={runs > 1 ? "card-panel several" : "card-panel"}
      id={`panel-${card.id}`}
      role="group"
      aria-labelledby={`card-${card.id}`}
    >
      <div class="card-ask">
        <Guesses app={app} card={card} isLocked={result !== null} />
        <Buttons app={app} card={card} />
        <p class="quiet">{planText(names.length, runs, card.epochs)}</p>
      </div>
      <div class="card-facts">
        {runs > 1 ? (
          <SeedDots names={names} runs={runs} told={result?.facts.differences ?? earlier} />
        ) : (
          <CardValues ask={card.ask} names={names} findings={result?.facts.findings ?? null} />
        )}
        {runs > 1 && <SeedNumbers app={app} names={names} isShown={isShown} />}
      </div>
      <div class="card-outcome" role="status">
        <Slot longest={LONGEST_OUTCOME}>{earlier ? EARLIER : outcome({ app, card }, result)}</Slot>
      </div>
    </div>
  );
}

/** The ten runs made before, once the visitor has guessed and as long as nothing is trained. */
function earlierRuns({ app: { study, cards, training }, card }: PanelProps): Differences | null {
  const hasGuessed = cards.guesses.value.has(card.id);
  if (!hasGuessed || training.experiment.value !== null) return null;
  return study.read((it) => it.reference_differences(it.read_hash(card.settings).hash));
}

function outcome({ app, card }: PanelProps, result: Result | null): string {
  if (result?.outcome) {
    const guess = app.cards.guesses.value.get(card.id) ?? null;
    return outcomeText(card.ask, result.facts, result.outcome, guess);
  }
  return waitingText(waiting({ app, card }));
}

function waiting({ app: { training, cards }, card }: PanelProps): Waiting {
  const phase = training.phase.value;
  const experiment = "experiment" in phase ? phase.experiment : null;
  const isOwn = experiment !== null && cards.cardOf(experiment.hash)?.id === card.id;
  switch (phase.type) {
    case "ready":
    case "finished":
      return { type: "nothing" };
    case "failed":
      return { type: "failed", sentence: phase.failure.sentence };
    case "waiting":
      return isOwn ? { type: "working", progress: null } : { type: "busy" };
    case "training":
    case "paused":
      return isOwn ? { type: "working", progress: training.progress.value } : { type: "busy" };
  }
}

function Guesses({ app, card, isLocked }: PanelProps & { isLocked: boolean }) {
  const { cards } = app;
  const chosen = cards.guesses.value.get(card.id);
  return (
    <fieldset class="guesses" disabled={isLocked}>
      <legend>{CARD_WORDS[card.id].guess}</legend>
      <div class="toggles">
        {guessesFor(
          card.ask,
          card.networks.map(({ name }) => name),
        ).map((guess) => (
          <label key={guess}>
            <input
              type="radio"
              name={`guess-${card.id}`}
              checked={guess === chosen}
              onChange={() => cards.guess(card.id, guess)}
            />
            <span>{guessLabel(card.ask, guess)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Buttons({ app: { training, cards }, card }: PanelProps) {
  const isFree = training.pressable.value.train;
  return (
    <div class="buttons">
      <button
        type="button"
        class="strong"
        disabled={!isFree}
        onClick={() => cards.run(card, card.runs)}
      >
        {RUN}
      </button>
      {card.runs < LEAST_SEEDS && (
        <button type="button" disabled={!isFree} onClick={() => cards.run(card, LEAST_SEEDS)}>
          {REPEAT}
        </button>
      )}
      <button
        type="button"
        class="quiet"
        disabled={!cards.hasOwn.value}
        onClick={() => cards.takeBack()}
      >
        {TAKE_BACK}
      </button>
    </div>
  );
}
