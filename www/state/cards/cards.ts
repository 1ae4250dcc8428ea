// The cards: which is open, what was guessed, and what came out. Guesses and outcomes are kept for this visit; the log
// keeps experiments for the next.

import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { NetworkText } from "../../pkg/mnist_cubic.js";
import type { ImagesState } from "../images.js";
import type { SettingsState } from "../settings.js";
import type { StudyState } from "../study.js";
import type { TrainingState } from "../training.js";
import { outcomeOf, type Facts, type Outcome } from "./answer.js";
import { CARDS, type Card, type CardId } from "./catalogue.js";

/** A card with what its settings come to. */
export interface Dealt extends Card {
  readonly hash: string;
  readonly networks: readonly NetworkText[];
  readonly epochs: number;
  readonly runs: number;
}

/** What came out of a card's experiment. */
export interface Result {
  readonly facts: Facts;
  /** Null while it is trained. */
  readonly outcome: Outcome | null;
  /** The runs that were asked for. */
  readonly runs: number;
}

export type CardsState = ReturnType<typeof openCards>;

interface CardsParts {
  readonly study: StudyState;
  readonly settings: SettingsState;
  readonly images: ImagesState;
  readonly training: TrainingState;
}

export function openCards({ study, settings, images, training }: CardsParts) {
  const open = signal<CardId | null>(null);
  const guesses = signal<ReadonlyMap<CardId, string>>(new Map());
  const done = signal<ReadonlyMap<CardId, Result>>(new Map());
  /** The visitor's own settings, since a card's took their place. */
  const own = signal<string | null>(null);
  /** The settings that a card set last. */
  let taken = "";
  const dealt = CARDS.map((card) => deal(study, card));

  /** The card whose experiment this is, whatever its seeds are. */
  const cardOf = (hash: string): Dealt | null => {
    const runs = study.study.plan(hash).seeds.length;
    const found = dealt.find((card) => withoutSeeds(card.hash) === withoutSeeds(hash));
    // Luck is the notebook's own experiment, repeated.
    return found && (found.runs === 1 || runs > 1) ? found : null;
  };
  const shown = computed(() => {
    const experiment = training.experiment.value;
    const card = experiment && cardOf(experiment.hash);
    return card ? { card, experiment } : null;
  });

  const factsOf = (card: Dealt): Facts | null => {
    const findings = study.findings.value;
    if (!findings) return null;
    return study.read((it) => ({
      findings,
      differences: it.differences(),
      reference: card.ask.type === "gain" ? referenceTo(findings) : null,
    }));
  };
  /** The ten runs after the same epoch, where they were made on the same images. */
  const referenceTo = ({ epoch, validation_images: count }: Facts["findings"]) => {
    if (images.source.value === "synthetic" || epoch === 0) return null;
    const found = study.study.reference_findings(study.study.read_hash("").hash, epoch);
    return found?.findings.validation_images === count ? found : null;
  };

  /** What the experiment that is shown says, as far as it is. */
  const current = computed((): { id: CardId; result: Result } | null => {
    if (!shown.value) return null;
    const { card, experiment } = shown.value;
    const facts = factsOf(card);
    if (!facts) return null;
    const isFinished = training.phase.value.type === "finished";
    const outcome = isFinished ? outcomeOf(card.ask, facts) : null;
    return { id: card.id, result: { facts, outcome, runs: experiment.seeds.length } };
  });
  effect(() => {
    const now = training.phase.value.type === "finished" ? current.value : null;
    if (now) done.value = new Map([...done.peek(), [now.id, now.result]]);
  });

  const run = (card: Dealt, runs: number): void => {
    if (!training.pressable.peek().train) return;
    batch(() => {
      const before = settings.hash.peek();
      if (before !== taken) own.value = before;
      taken = study.study.with_value(card.hash, "runs", String(runs));
      settings.take(taken);
    });
    training.train();
  };

  return {
    dealt,
    /** The card that is open. */
    open: open as ReadonlySignal<CardId | null>,
    toggle: (id: CardId): void => void (open.value = open.peek() === id ? null : id),
    guesses: guesses as ReadonlySignal<ReadonlyMap<CardId, string>>,
    guess(id: CardId, guess: string): void {
      guesses.value = new Map([...guesses.peek(), [id, guess]]);
    },
    /** What came out of a card; while its experiment is trained, what it says so far. */
    resultOf: (id: CardId): Result | null =>
      current.value?.id === id ? current.value.result : (done.value.get(id) ?? null),
    cardOf,
    /** The card whose experiment the page shows. */
    shown: computed(() => shown.value?.card.id ?? null),
    /** Sets a card's settings, with so many runs, and trains. */
    run,
    /** Whether a card's settings have taken the place of the visitor's own. */
    hasOwn: computed(() => own.value !== null && own.value !== settings.hash.value),
    takeBack(): void {
      if (own.peek() !== null) settings.take(own.peek() ?? "");
      own.value = null;
    },
  };
}

function deal({ study }: StudyState, card: Card): Dealt {
  const { hash, networks } = study.read_hash(card.settings);
  const { jobs, seeds } = study.plan(hash);
  return { ...card, hash, networks, epochs: jobs[0]?.train.epochs ?? 0, runs: seeds.length };
}

const withoutSeeds = (hash: string): string => hash.replace(/&(seed|runs)=\d+/g, "");
