// When networks are compared, and what is said of that moment in speech.

import type { Findings, Value } from "../pkg/mnist_cubic.js";
import { capital, counted, list } from "../views/numbers.js";
import { type Rates, comparisonText, namesOf, spelled } from "./comparison.js";
import { CRITERIA, type Criterion, criterionTitle, valueText } from "./criteria.js";

/** What the answer is about. */
export type Moment =
  /** The ten runs have not come yet. */
  | { readonly type: "unknown" }
  /** The ten runs were made with other settings. */
  | { readonly type: "untried" }
  | { readonly type: "reference"; readonly runs: number; readonly epoch: number }
  | { readonly type: "epoch"; readonly epoch: number; readonly runs: number }
  /** A moment of one run: after an epoch, or so many images later. `seed`: where there are several. */
  | {
      readonly type: "moment";
      readonly epoch: number;
      readonly images: number;
      readonly seed: number | null;
      readonly isStopped: boolean;
    };

/** When the networks are compared, and over how many runs. */
export function momentText(moment: Moment): string {
  switch (moment.type) {
    case "unknown":
      return "";
    case "untried":
      return "Not tried before with these settings: train to see.";
    case "reference": {
      const { runs, epoch } = moment;
      return `${capital(spelled(runs))} runs made before your visit, after ${counted(epoch, "epoch")}.`;
    }
    case "epoch": {
      const { runs, epoch } = moment;
      return runs > 1
        ? `After ${counted(epoch, "epoch")}, over ${counted(runs, "run")}.`
        : `After ${counted(epoch, "epoch")} of your run.`;
    }
    case "moment": {
      const { epoch, images, seed, isStopped } = moment;
      if (isStopped && epoch === 0)
        return `Stopped before an epoch was complete, after ${counted(images, "image")}.`;
      const run = seed === null ? "your run" : `the run with seed ${seed}`;
      if (epoch === 0 && images === 0) return `Before the first step of ${run}.`;
      const parts = [epoch > 0 && counted(epoch, "epoch"), images > 0 && counted(images, "image")];
      return `After ${parts.filter((part) => part !== false).join(" and ")} of ${run}.`;
    }
  }
}

/** What the thin marks are: the ten runs, of which `epoch` is given where it is another than the one compared. */
export function ticksText(moment: Moment, runs: number, epoch: number): string {
  switch (moment.type) {
    case "unknown":
    case "untried":
      return "";
    case "reference":
      return "Thin marks: each of them; dots: all.";
    case "epoch":
    case "moment": {
      const isSame = epoch === moment.epoch;
      const when = isSame ? "" : `, after ${counted(epoch, "epoch")}`;
      return `Thin marks: ${spelled(runs)} runs made before your visit${when}.`;
    }
  }
}

/** The thin marks of a network, for those who do not see them. */
export function ticksTwin(criterion: Criterion, name: string, values: readonly Value[]): string {
  const texts = values.map((value) => valueText(criterion, value));
  return `${capital(name)} in ${spelled(values.length)} runs made before: ${list(texts)}.`;
}

/** The answer in speech. */
export function summaryText(findings: Findings, rates: Rates): string {
  const criteria = CRITERIA.map((criterion) => {
    const values = findings.networks.map(
      ({ name, values: its }) => `${name} ${valueText(criterion, its[criterion])}`,
    );
    const said = findings.pairs.map((pair) => {
      const sentence = comparisonText(criterion, pair, findings, rates);
      return findings.pairs.length > 1
        ? `${capital(namesOf(pair, findings).join(" and "))}: ${sentence}`
        : sentence;
    });
    const title = criterionTitle(criterion, findings.validation_images);
    return `${title}: ${values.join(", ")}. ${said.join(" ")}`;
  });
  return `After ${counted(findings.epoch, "epoch")}: ${criteria.join(" ")}`;
}
