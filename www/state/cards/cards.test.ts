// The cards, with the compiled study and a training that is made up.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { computed, signal } from "@preact/signals";
import { beforeEach, expect, test } from "vitest";

import { initSync, Study, type Epoch } from "../../pkg/mnist_cubic.js";
import { outcomeText } from "../../words/cards.js";
import type { ImagesState } from "../images.js";
import type { Phase, Pressable } from "../phase.js";
import type { Experiment } from "../plan.js";
import { openSettings, type SettingsState } from "../settings.js";
import { keepStudy, type StudyKeeper } from "../study.js";
import type { TrainingState } from "../training.js";
import { BOTH, guessesFor, NEITHER } from "./answer.js";
import { openCards, type CardsState, type Dealt } from "./cards.js";
import type { CardId } from "./catalogue.js";

initSync({
  module: readFileSync(join(import.meta.dirname, "../../pkg/mnist_cubic_bg.wasm")),
});

/** Of the notebook's digits, and of nothing else. */
const [TRAINING_IMAGES, VALIDATION_IMAGES] = [13841, 3461];

let study: StudyKeeper;
let settings: SettingsState;
let cards: CardsState;
const phase = signal<Phase>({ type: "ready" });
const experiment = signal<Experiment | null>(null);
let trained: string[];

beforeEach(() => {
  const compiled = new Study();
  study = keepStudy(compiled);
  settings = openSettings(compiled, { read: () => "", write() {}, follow() {} } as never);
  phase.value = { type: "ready" };
  experiment.value = null;
  trained = [];
  const pressable = computed(() => ({ train: phase.value.type !== "training" }) as Pressable);
  const training: Partial<TrainingState> = {
    ...{ phase, experiment, pressable },
    train: () => trained.push(settings.hash.peek()),
  };
  cards = openCards({
    study,
    settings,
    images: { source: signal("mnist") } as unknown as ImagesState,
    training: training as TrainingState,
  });
});

const card = (id: CardId): Dealt => {
  const found = cards.dealt.find((one) => one.id === id);
  if (!found) throw new Error(`there is no card ${id}`);
  return found;
};

function epoch(val_loss: number, count: number, truth: number | null): Epoch {
  const val_accuracy = 1 - count / VALIDATION_IMAGES;
  const mistakes = { count, truth, loss_share: null };
  return { loss: 0.1, accuracy: 0.99, val_loss, val_accuracy, mistakes };
}

/** An experiment of one epoch that is done: of each run, the networks' epochs. */
function finish(hash: string, runs: readonly (readonly Epoch[])[]): void {
  phase.value = { type: "ready" };
  study.begin(hash, TRAINING_IMAGES, VALIDATION_IMAGES);
  study.change((it) => {
    runs.forEach((networks, run) => {
      networks.forEach((one, network) => it.record_epoch(run, network, one));
    });
  });
  const { networks } = study.study.read_hash(hash);
  const seeds = Array.from(runs, (_, run) => run + 1);
  experiment.value = { hash, seeds, networks } as unknown as Experiment;
  phase.value = { type: "finished", experiment: experiment.value, stoppedAfter: null };
}

const said = (id: CardId, guess: string | null = null): string => {
  const result = cards.resultOf(id);
  if (!result?.outcome) throw new Error(`nothing came out of ${id}`);
  return outcomeText(card(id).ask, result.facts, result.outcome, guess);
};
const right = (id: CardId): readonly string[] => cards.resultOf(id)?.outcome?.right ?? [];

test("every card's settings are good, and train what it is about", () => {
  for (const { id, settings: text, hash, networks, ask } of cards.dealt) {
    expect(study.study.read_hash(text).problems, id).toEqual([]);
    expect(cards.cardOf(hash)?.id).toBe(id);
    const names = networks.map(({ name }) => name);
    const guesses = guessesFor(ask, names);
    expect(new Set(guesses).size).toBe(guesses.length);
  }
  expect(card("width").networks.map(({ name }) => name)).toEqual(["custom", "dense", "control"]);
  expect(card("ten-digits").hash).toContain("digits=0,1,2,3,4,5,6,7,8,9&");
  expect(card("luck").runs).toBe(10);
});

test("an experiment is a card's whatever its seeds are, but luck takes several", () => {
  const other = study.study.with_value(card("rate").hash, "seed", "7");
  expect(cards.cardOf(other)?.id).toBe("rate");
  const notebook = study.study.read_hash("").hash;
  expect(cards.cardOf(notebook)).toBeNull();
  expect(cards.cardOf(study.study.with_value(notebook, "runs", "5"))?.id).toBe("luck");
});

test("one press sets the settings and trains, and one gives the visitor's own back", () => {
  settings.set("lr", "0.02");
  const own = settings.hash.peek();
  expect(cards.hasOwn.value).toBe(false);
  cards.run(card("break"), 1);
  cards.run(card("rate"), 5);
  expect(trained).toEqual([card("break").hash, card("rate").hash.replace("runs=1", "runs=5")]);
  expect(cards.hasOwn.value).toBe(true);
  cards.takeBack();
  expect(settings.hash.peek()).toBe(own);
  expect(cards.hasOwn.value).toBe(false);
});

test("while something trains, no card begins", () => {
  const hash = settings.hash.peek();
  phase.value = { type: "training", experiment: {} as Experiment };
  cards.run(card("break"), 1);
  expect(trained).toEqual([]);
  expect(settings.hash.peek()).toBe(hash);
});

test("luck: who has the lower loss in ten runs, and how many would have told", () => {
  const runs = Array.from({ length: 10 }, (_, run) => [
    epoch(0.14 + 0.001 * run, 36 + (run % 3), 0.0004),
    epoch(0.04 + 0.001 * (run % 2), 36 + (run % 2), 0.2),
  ]);
  finish(card("luck").hash, runs);
  expect(right("luck")).toEqual(["dense"]);
  // Means of 0.04 and 0.041, and of 0.14 to 0.149.
  expect(said("luck", "dense")).toMatch(
    /^Your guess was right\. Dense, in 10 of 10: 0\.04[01] against 0\.14[45]\./,
  );
  expect(said("luck", "custom")).toMatch(/^You guessed custom\. Dense/);
  expect(said("luck")).toMatch(/Five seeds would have settled it\. For the mistakes, /);
});

test("four runs name nobody", () => {
  const runs = Array.from({ length: 4 }, (_, run) => [
    epoch(0.14 + 0.001 * run, 36, 0.0004),
    epoch(0.04, 36, 0.2),
  ]);
  finish(study.study.with_value(card("luck").hash, "runs", "4"), runs);
  expect(cards.resultOf("luck")?.outcome).toEqual({ right: ["dense"], isSure: false });
  expect(said("luck", "dense")).toMatch(/^Your guess holds so far\. .*it takes at least five\.$/);
});

test("one run of settings that were never tried says what it is: one run", () => {
  finish(card("four-nine").hash, [[epoch(0.1, 50, 0.001), epoch(0.05, 60, 0.1)]]);
  expect(right("four-nine")).toEqual(["dense"]);
  expect(said("four-nine", NEITHER)).toBe(
    "You guessed can’t tell. Dense, in this run: 1 in 10 against 1 in 1,000. One run can’t tell: it takes at least five.",
  );
});

test("the layer or the width: whom the third network is like", () => {
  const runs = Array.from({ length: 5 }, (_, run) => [
    epoch(0.15, 36, 0.0004 * (1 + 0.1 * run)),
    epoch(0.04, 36, 0.2 + 0.02 * (run % 3)),
    epoch(0.04, 36, 0.22 - 0.02 * (run % 2)),
  ]);
  finish(study.study.with_value(card("width").hash, "runs", "5"), runs);
  expect(right("width")).toEqual(["dense"]);
  expect(said("width")).toMatch(
    /^Like dense: custom and control differ in one layer only, so it’s the layer\./,
  );
  // In one run, it is only nearer to one of them.
  finish(card("width").hash, runs.slice(0, 1));
  expect(cards.resultOf("width")?.outcome).toEqual({ right: ["dense"], isSure: false });
  expect(said("width")).toMatch(/^Nearer to dense: it leaves 1 in /);
});

test("curves: each that bets everything is right, or none", () => {
  const bold = epoch(0.1, 30, 0.002);
  const careful = epoch(0.05, 30, 0.2);
  finish(card("curve").hash, [[bold, bold, careful, careful]]);
  expect(right("curve")).toEqual(["cubic", "square"]);
  expect(said("curve", "square")).toBe(
    "Your guess holds so far. In this run: x³ (1 in 500) and x² (1 in 500).",
  );
  finish(card("curve").hash, [[careful, careful, careful, careful]]);
  expect(right("curve")).toEqual([NEITHER]);
});

test("bolder steps: who beats all ten runs at a tenth of the rate", () => {
  const json = readFileSync(join(import.meta.dirname, "../../ready-made/runs.json"), "utf8");
  study.change((it) => it.set_reference(json));
  const { runs } = JSON.parse(json) as { runs: { networks: { epochs: [unknown, number][] }[] }[] };
  const least = [0, 1].map((network) =>
    Math.min(...runs.map((run) => run.networks[network]?.epochs[0]?.[1] ?? NaN)),
  );
  const [custom = 0, dense = 0] = least;
  finish(card("rate").hash, [[epoch(0.1, custom, 0.1), epoch(0.1, dense - 1, 0.1)]]);
  expect(right("rate")).toEqual(["dense"]);
  expect(said("rate")).toContain(`at 0.01, ${dense} to `);
  finish(card("rate").hash, [[epoch(0.1, custom - 1, 0.1), epoch(0.1, dense - 1, 0.1)]]);
  expect(right("rate")).toEqual([BOTH]);
});

test("break it: who diverged", () => {
  finish(card("break").hash, [[epoch(NaN, 2000, null), epoch(0.3, 300, 0.2)]]);
  expect(right("break")).toEqual(["custom"]);
  expect(said("break", BOTH)).toBe(
    "You guessed both. Custom broke in epoch 1: the weights overflowed, and no answer is left.",
  );
});

test("what came out stays when something else is trained, but not what is only under way", () => {
  finish(card("four-nine").hash, [[epoch(0.1, 50, 0.001), epoch(0.05, 60, 0.1)]]);
  finish(card("break").hash, [[epoch(0.1, 50, 0.1), epoch(0.05, 60, 0.1)]]);
  expect(right("four-nine")).toEqual(["dense"]);
  expect(right("break")).toEqual([NEITHER]);
  phase.value = { type: "training", experiment: experiment.peek() as Experiment };
  expect(cards.resultOf("break")?.outcome).toBeNull();
});
