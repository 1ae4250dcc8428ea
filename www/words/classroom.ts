// What a teacher finds: words of the field, and links for a lesson.

import type { Part } from "../state/sections.js";
import { capital } from "../views/numbers.js";
import { spelled } from "./comparison.js";

// ---- Ten words

export type WordName =
  | "epoch"
  | "batch"
  | "rate"
  | "loss"
  | "validation"
  | "overfitting"
  | "calibration"
  | "seed"
  | "relu"
  | "softmax";

interface Explained {
  readonly name: WordName;
  readonly word: string;
  /** Two sentences. */
  readonly text: string;
  /** What the small picture shows, for those who do not see it. */
  readonly picture: string;
}

/** In the order in which they are needed. */
export const WORDS: readonly Explained[] = [
  {
    name: "epoch",
    word: "epoch",
    text: "One pass over all the training digits. Fifty epochs: every digit is seen fifty times.",
    picture: "A row of digits, and an arrow from its end back to its beginning.",
  },
  {
    name: "batch",
    word: "batch",
    text: "The network looks at 32 digits, then adjusts its weights once. The smaller the batch, the more steps an epoch has.",
    picture: "Thirty-two small squares, and an arrow to one step.",
  },
  {
    name: "rate",
    word: "learning rate",
    text: "How big that adjustment is. Too small, and the network crawls; too big, and it overshoots.",
    picture: "A valley: small steps go down it slowly, large ones leap from side to side.",
  },
  {
    name: "loss",
    word: "loss",
    text: "How badly its bets went: minus the logarithm of the chance it gave the truth. Betting everything on a wrong digit costs a fortune; being unsure costs a little every time.",
    picture:
      "A curve: the loss is nothing at a chance of 100\u00a0%, and climbs without end towards 0\u00a0%.",
  },
  {
    name: "validation",
    word: "validation",
    text: "A fifth of the digits is kept aside. The network never trains on them, so they show whether it learned or memorised.",
    picture: "A bar of digits: four fifths to train on, the last fifth kept aside.",
  },
  {
    name: "overfitting",
    word: "overfitting",
    text: "Getting better at the digits it has seen, and worse at those it hasn’t. The gap between the two curves shows it.",
    picture: "Two curves of loss: one goes on falling, the other turns and climbs.",
  },
  {
    name: "calibration",
    word: "calibration",
    text: "Being as sure as you’re right. Of all answers given with 90\u00a0% certainty, nine in ten should be correct.",
    picture:
      "How often it is right against how sure it is: a line at 45 degrees, and a flatter one that is too sure.",
  },
  {
    name: "seed",
    word: "seed",
    text: "The number that fixes the dice: the first weights and the shuffling. Same seed, same run, to the last bit.",
    picture: "A die.",
  },
  {
    name: "relu",
    word: "relu",
    text: "Keeps positive numbers and turns negative ones into zero. Without such a bend, many layers could do no more than one.",
    picture: "A line that is flat up to zero, and rises from there.",
  },
  {
    name: "softmax",
    word: "softmax",
    text: "Turns scores into chances that add up to 100\u00a0%. A lead of 1 in the score makes a digit 2.7 times as likely, a lead of 10 some 22,000 times.",
    picture: "Three bars of scores, and the three bars of chances that they become.",
  },
];

export const WORDS_TITLE = `${capital(spelled(WORDS.length))} words`;

// ---- 45 minutes

export const CLASS_TITLE = "For a class";
export const LESSONS_HINT =
  "Each link opens in a new tab, with only the parts of the page that it needs. Ask first, then train.";

export interface Lesson {
  readonly title: string;
  readonly minutes: number;
  /** To be guessed before anything is trained. */
  readonly question: string;
  /** What there is to notice. */
  readonly notice: string;
  /** As in the address; what is left out is the notebook’s. */
  readonly settings: string;
  readonly parts: readonly Part[];
}

export const LESSONS: readonly Lesson[] = [
  {
    title: "Guess first",
    minutes: 5,
    question:
      "Which network will make fewer mistakes after 50 epochs? Write it down, train, and look only at the first number.",
    notice: "How far apart the two are, and what the page says of it. Is that a win?",
    settings: "",
    parts: ["title", "stage", "verdict"],
  },
  {
    title: "Who is sure?",
    minutes: 8,
    question:
      "Find the mistake that the cubic network was surest of. Would you have read it rightly?",
    notice: "What chance each network had left for the truth, where it was wrong.",
    settings: "",
    parts: ["title", "stage", "sure"],
  },
  {
    title: "Where it starts to memorise",
    minutes: 8,
    question: "At which epoch would you have stopped? What would you have lost?",
    notice:
      "Where the bold curves turn while the faint ones go on falling, and what the mistakes do meanwhile.",
    settings: "",
    parts: ["title", "stage", "learn"],
  },
  {
    title: "The layer, or the width?",
    minutes: 8,
    question: "The cubic network is also wider. What must a fair opponent have in common with it?",
    notice: "Which of the other two the third network, control, behaves like, and by what.",
    settings: "control=1",
    parts: ["title", "stage", "verdict", "learn"],
  },
  {
    title: "Is it luck?",
    minutes: 8,
    question:
      "Everyone sets another seed, trains, and writes the numbers on the board. Will all see the same winner?",
    notice: "For which number the winner changes from seed to seed. Then run ten at once.",
    settings: "",
    parts: ["title", "stage", "verdict", "experiments", "settings"],
  },
  {
    title: "Another curve",
    minutes: 8,
    question: "From the shape of f alone: which of the four will bet everything on its mistakes?",
    notice: "Whether it is the f that grows fastest.",
    settings:
      "networks=cubic:relu150,relu100,cubic50;square:relu150,relu100,square50;sine:relu150,relu100,sine50;softsign:relu150,relu100,softsign50",
    parts: ["title", "stage", "verdict", "layer"],
  },
];

const LINKS = spelled(LESSONS.length);
export const LESSONS_TITLE = `${LESSONS.reduce((sum, { minutes }) => sum + minutes, 0)} minutes, ${LINKS} links`;
export const COPY_LESSONS = `Copy all ${LINKS}`;
export const LESSONS_COPIED = `The ${LINKS} links are copied, with their questions.`;

/** Of one lesson, as it is copied. */
export function lessonText(
  { title, minutes, question, notice }: Lesson,
  number: number,
  link: string,
): string {
  return `${number}. ${title} (${minutes} min)\n${link}\nGuess: ${question}\nNotice: ${notice}`;
}

/** For slides, frames and paper. */
export function slidesText(parts: readonly string[]): string {
  return `On a slide or in a frame, an address that ends with “&view=” and some of ${parts.join(", ")} shows only these parts. Printed, the page takes two sheets: the drawing, answers and verdict; the curves and the method.`;
}
