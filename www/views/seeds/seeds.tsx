// What several runs say: dots around 0 for each pair of networks, and beneath, folded, the same in numbers.

import { useComputed, useSignal } from "@preact/signals";

import type { Differences } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import {
  dotsText,
  NO_NUMBERS,
  NUMBERS_NOTE,
  NUMBERS_SUMMARY,
  SEEDS_TITLE,
} from "../../words/differences.js";
import { pairsOf } from "../pairs.js";
import { Dots } from "./dots.js";
import { NumbersTable } from "./numbers-table.js";

/** The experiment that is shown or would be trained, where it has several runs. */
export function Seeds({ app }: { app: App }) {
  const { training, settings, study, cards } = app;
  const differences = useComputed(() =>
    training.experiment.value && study.findings.value ? study.read((it) => it.differences()) : null,
  );
  const experiment = training.experiment.value;
  const runs = experiment?.seeds.length ?? Number(settings.texts.value.get("runs"));
  if (runs < 2 || (cards.open.value !== null && cards.open.value === cards.shown.value))
    return null;
  const networks = experiment?.networks ?? settings.networks.value;
  return (
    <section class="seeds" aria-labelledby="seeds-title">
      <h3 id="seeds-title">{SEEDS_TITLE}</h3>
      <SeedDots names={networks.map(({ name }) => name)} runs={runs} told={differences.value} />
      <SeedNumbers
        app={app}
        names={networks.map(({ name }) => name)}
        isShown={experiment !== null}
      />
    </section>
  );
}

interface SeedDotsProps {
  readonly names: readonly string[];
  /** That were asked for. */
  readonly runs: number;
  /** Null before there is an experiment. */
  readonly told: Differences | null;
}

export function SeedDots({ names, runs, told }: SeedDotsProps) {
  return (
    <>
      {pairsOf(names.length).map(([a, b], pair) => (
        <Dots
          key={`${a} ${b}`}
          names={[names[a] ?? "", names[b] ?? ""]}
          networks={[a, b]}
          measures={told && told.epoch > 0 ? (told.pairs[pair]?.measures ?? []) : []}
        />
      ))}
      <p class="quiet dots-note">
        {told && told.epoch > 0 ? dotsText(runs, told.runs, told.significance) : "\u00a0"}
      </p>
    </>
  );
}

interface SeedNumbersProps {
  readonly app: Pick<App, "study">;
  readonly names: readonly string[];
  /** Whether the study holds these runs; what was done before another experiment has its numbers in the log. */
  readonly isShown: boolean;
}

/** Folded; read only when it is open. */
export function SeedNumbers({ app: { study }, names, isShown }: SeedNumbersProps) {
  const isOpen = useSignal(false);
  const isRead = isShown && isOpen.value && (study.findings.value?.epoch ?? 0) > 0;
  const both = isRead
    ? study.read((it) => ({ last: it.differences(), best: it.best_differences() }))
    : null;
  return (
    <details onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
      <summary>{NUMBERS_SUMMARY}</summary>
      {both && <NumbersTable names={names} {...both} />}
      <p class="quiet">{both ? NUMBERS_NOTE : NO_NUMBERS}</p>
    </details>
  );
}
