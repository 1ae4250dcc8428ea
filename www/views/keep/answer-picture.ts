// What the picture of the answer says: of the drawing, and of the networks, as the page shows them at this moment.

import type { Answer } from "../../pkg/mnist_cubic.js";
import type { App } from "../../state/app.js";
import type { Content } from "../../state/drawing.js";
import { sureText } from "../../words/answers.js";
import { namesOf } from "../../words/comparison.js";
import { CRITERIA, criterionTitle, valueText } from "../../words/criteria.js";
import { shownText } from "../../words/drawing.js";
import { momentText } from "../../words/moment.js";
import { capital } from "../numbers.js";
import { padWords } from "../stage/pad-words.js";
import { type Shown, silentPairs } from "../verdict/shown.js";
import { sentence } from "../verdict/strip.js";
import { linkOf } from "./linked.js";

/** More pairs of networks have no room for sentences. */
const MOST_PAIRS = 3;

export interface AnswerPicture {
  readonly title: string;
  readonly drawing: Content;
  /** What the networks make of the drawing. */
  readonly said: string;
  readonly networks: readonly PicturedNetwork[];
  readonly moment: string;
  readonly criteria: readonly PicturedCriterion[];
  readonly link: string;
}

export interface PicturedNetwork {
  readonly name: string;
  /** Empty without an answer. */
  readonly digit: string;
  readonly sure: string;
}

export interface PicturedCriterion {
  readonly title: string;
  /** Of each network. */
  readonly values: readonly string[];
  readonly sentences: readonly string[];
}

export function answerPicture(app: App, title: string, shown: Shown): AnswerPicture {
  const { networks, drawing, training, settings } = app;
  const list = networks.list.value;
  const experiment = training.experiment.value;
  const names = list.map(({ name }) => name);
  const rates = new Set((experiment?.networks ?? settings.networks.value).map(rateOf)).size;
  const images = experiment?.validationImages ?? shown.findings?.validation_images ?? 0;
  const named = { networks: list, validation_images: images };
  const pairs = shown.findings?.pairs ?? silentPairs(names.length);
  return {
    title,
    drawing: drawing.content.value,
    said: padWords(app),
    networks: list.map(({ name, slot }) => ({
      name,
      ...answerTexts(networks.answers.value[slot] ?? null),
    })),
    moment: momentText(shown.moment) || `${shownText(list, experiment?.trainingImages ?? 0)}.`,
    criteria: CRITERIA.map((criterion) => ({
      title: criterionTitle(criterion, images),
      values: names.map((_, place) => {
        const value = shown.values[place]?.[criterion];
        return value ? valueText(criterion, value) : "–";
      }),
      sentences: (pairs.length > MOST_PAIRS ? [] : pairs).map((pair) => {
        const its = sentence(criterion, pair, shown, named, rates > 1 ? "own rates" : "one rate");
        // With two networks, everybody knows which.
        return pairs.length > 1 ? `${capital(namesOf(pair, named).join(" and "))}: ${its}` : its;
      }),
    })),
    link: linkOf(app).address,
  };
}

const rateOf = (network: { learning_rate: number | null }) => network.learning_rate;

function answerTexts(answer: Answer | null): Pick<PicturedNetwork, "digit" | "sure"> {
  if (!answer || answer.diverged) return { digit: "–", sure: answer ? "blew up" : "" };
  return {
    digit: String(answer.digit),
    sure: answer.is_unsure ? `${sureText(answer)}, unsure` : sureText(answer),
  };
}

/** The verdict in one paragraph, as goes with the picture where that is shared. */
export function messageOf({ title, moment, criteria, networks }: AnswerPicture): string {
  const lines = criteria.map(({ title: criterion, values, sentences }) => {
    const numbers = values.map((value, place) => `${networks[place]?.name ?? ""} ${value}`);
    return `${criterion}: ${numbers.join(", ")}. ${sentences.join(" ")}`.trim();
  });
  return [title, moment, ...lines].filter((line) => line !== "").join("\n");
}
