// A network by itself: whether it diverged, still guesses or overfits, and its best epoch.

import type { BestEpoch, Findings, NetworkFindings } from "../pkg/mnist_cubic.js";
import { counted, decimal, percent, thousands } from "../views/numbers.js";
import { spelled } from "./comparison.js";

/** What is to be said of a network by itself, a sentence each. */
export function networkTexts(network: NetworkFindings, findings: Findings): string[] {
  const { divergence, guessing, overfitting, best, loss_share, values, name } = network;
  const inRuns = (runs: number) =>
    findings.runs > 1 ? `, in ${runs} of ${counted(findings.runs, "run")}` : "";
  const texts: string[] = [];
  if (divergence) {
    const first = divergence.runs > 1 ? "at the earliest " : "";
    texts.push(
      `The ${name} network blew up ${first}in epoch ${divergence.epoch}${inRuns(divergence.runs)}: its weights overflowed. Try a smaller learning rate: at 0.01, it never happened to the notebook’s networks in ten runs.`,
    );
  }
  if (guessing)
    texts.push(
      `The ${name} network is still guessing${inRuns(guessing.runs)}: no better than picking a digit at random.`,
    );
  if (overfitting) {
    const { since, least, now, training_then, training_now } = overfitting;
    const training =
      training_now < 0.005
        ? "falls to almost nothing"
        : `falls from ${decimal(training_then, 3)} to ${decimal(training_now, 3)}`;
    texts.push(
      `${startsText(name, since, overfitting.runs, findings.runs)}: its loss on new digits climbs from ${decimal(least, 3)} to ${decimal(now, 3)}, while on the training digits it ${training}.`,
    );
  }
  if (!divergence && !guessing && !overfitting) {
    texts.push(soundText(name, findings));
    // One that memorises says so above.
    if (best) texts.push(bestText(best, findings.runs));
  }
  // Below this, the mistakes are not what the loss is made of.
  if (
    !guessing &&
    loss_share !== null &&
    loss_share >= 0.9 &&
    values.mistakes.kind === "measured"
  ) {
    const mistakes = Math.round(values.mistakes.value);
    const these = mistakes === 1 ? "one mistake makes" : `${thousands(mistakes)} mistakes make`;
    texts.push(
      findings.runs > 1
        ? `On average its mistakes make up ${percent(loss_share)} of its loss.`
        : `Its ${these} up ${percent(loss_share)} of its loss.`,
    );
  }
  return texts;
}

const MEMORISES = "starts to memorise";
/** In the chart, between the lines. */
export const HERE_IT_MEMORISES = `here it ${MEMORISES}`;
/** To those who do not see the chart. */
export const WHERE_IT_MEMORISES = `where it ${MEMORISES}`;

/** "The custom network starts to memorise after epoch 11" */
function startsText(name: string, since: number, starting: number, runs: number): string {
  const starts = `he ${name} network ${MEMORISES}`;
  if (runs === 1) return `T${starts} after epoch ${since}`;
  const where = starting === runs ? `all ${spelled(runs)}` : `${starting} of ${runs}`;
  return `In ${where} runs t${starts}, typically after epoch ${since}`;
}

function soundText(name: string, { epoch, runs }: Findings): string {
  if (epoch < LEAST_EPOCHS) return tooEarlyText(name);
  return runs > 1
    ? `In none of ${counted(runs, "run")} does the ${name} network’s loss on new digits clearly rise.`
    : `The ${name} network’s loss on new digits has not clearly risen.`;
}

/** It is chosen on the digits that it is judged on, so nothing is concluded from it. */
function bestText({ epoch, val_loss: loss }: BestEpoch, runs: number): string {
  return runs > 1
    ? `Its best epoch was about ${epoch}, with a loss of ${decimal(loss, 3)} on average.`
    : `Its best epoch was ${epoch}, with a loss of ${decimal(loss, 3)}.`;
}

/** Before anything can be said of a network by itself. */
export function tooEarlyText(name: string): string {
  return `Too early to tell whether the ${name} network memorises.`;
}

/** Before this epoch nobody can tell whether a network memorises: a rise must last for three. */
const LEAST_EPOCHS = 4;
