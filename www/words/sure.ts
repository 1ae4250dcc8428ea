// The words of "Equally often wrong, not equally sure".

import type { McNemar } from "../pkg/mnist_cubic.js";
import { capital, chance, counted, list, percent, thousands } from "../views/numbers.js";
import type { Look } from "../views/sure/look.js";
import { chanceOf, type Reading, type Read } from "../views/sure/reading.js";
import { aDigit } from "./drawing.js";

export const TITLE = "Equally often wrong, not equally sure";
export const INTRODUCTION =
  "Every dot is a digit, placed by how the network bets. Press one to put it on the pad.";
export const AGAINST = "← against the truth";
export const ON = "on the truth →";
export const POINT = "Point at a dot.";

// ---- What is looked at

/** What the digits are, and whose weights read them. */
export function lookText({ images, when }: Pick<Look, "images" | "when">): string {
  if (when.type === "never") return "Nothing to look at yet: train to see.";
  if (!images) return "";
  const what =
    images.part === "test"
      ? `${thousands(images.count)} test digits`
      : `${thousands(images.count)} digits they never trained on`;
  if (when.type === "before")
    return when.origin === "file"
      ? `${what}, read with weights from a file.`
      : `${what}; networks trained before your visit.`;
  const { imagesSeen, imagesInEpoch, seed } = when;
  const epochs = Math.floor(imagesSeen / imagesInEpoch);
  const rest = imagesSeen - epochs * imagesInEpoch;
  const parts = [epochs > 0 && counted(epochs, "epoch"), rest > 0 && counted(rest, "image")];
  const run = seed === null ? "" : ` of the run with seed ${seed}`;
  const after = list(parts.filter((part) => part !== false));
  return after === "" ? `${what}, before the first step${run}.` : `${what}, after ${after}${run}.`;
}

/** A network's mistakes, beside its row. */
export function costText(read: Read | null): string {
  if (read === null) return "Not known yet.";
  if (read === "diverged") return "Its weights overflowed.";
  const { mistakes, share } = read;
  if (mistakes === 0) return "None wrong.";
  return `${thousands(mistakes)} wrong: ${shareText(share)} of its loss.`;
}

/** To a tenth where that tells more: 99.4 % is not 99 %. */
function shareText(share: number): string {
  return percent(share, share > 0.95 ? 1 : 0);
}

/** A row for those who do not see it. */
export function rowTwin(name: string, read: Read | null, classes: Uint8Array): string {
  if (read === null || read === "diverged") return `${name}: ${costText(read)}`;
  const wrong = left(read, classes, false);
  const right = left(read, classes, true);
  const sure = right.length > 0 ? `, the middle one with ${sureText(middle(right))}` : "";
  const said = [`${name}: ${counted(right.length, "digit")} read rightly${sure}`];
  if (wrong.length > 0)
    said.push(
      `${thousands(wrong.length)} wrongly, which left the truth ${chance(chanceOf(wrong[0] ?? 0))} at the worst and ${chance(chanceOf(middle(wrong)))} in the middle`,
    );
  return `${said.join("; ")}.`;
}

/** The log-odds of what is read rightly, or wrongly, ascending. */
function left({ logOdds, answers }: Reading, classes: Uint8Array, isRight: boolean): Float32Array {
  return logOdds.filter((_, image) => (answers[image] === classes[image]) === isRight).sort();
}

const middle = (sorted: Float32Array): number => sorted[sorted.length >> 1] ?? 0;

const sureText = (logOdds: number): string => `${percent(chanceOf(logOdds))} sure`;

// ---- One digit

/** What every network makes of an image. */
export function imageText(look: Look, image: number): string {
  const { images, names, reads, digits } = look;
  if (!images) return "";
  const said = names.flatMap((name, network) => {
    const read = reads[network];
    if (!read || read === "diverged") return [];
    const answer = read.answers[image] ?? 0;
    const odds = read.logOdds[image] ?? 0;
    return answer === images.classes[image]
      ? [`${capital(name)} is right, ${sureText(odds)}.`]
      : [
          `${capital(name)} reads ${aDigit(digits[answer] ?? 0)} ✗ and left the truth ${chance(chanceOf(odds))}.`,
        ];
  });
  return `${capital(aDigit(images.digits[image] ?? 0))}. ${said.join(" ")}`;
}

/** The longest that can be said of an image. */
export function longestImageText(names: readonly string[]): string {
  const longest = names.map((name) => `${name} reads an\u00a08 ✗ and left the truth 1 in 10⁻³⁰⁰.`);
  return `An\u00a08. ${longest.join(" ")}`;
}

export const stripLabel = (name: string): string =>
  `Digits by what they cost ${name}, costliest first`;

// ---- Matrices

export const MATRICES = "Which digit is taken for which?";

export function matrixCaption(name: string, { mistakes }: Reading, images: number): string {
  return `${name}: ${thousands(mistakes)} of ${thousands(images)} wrong (${percent(mistakes / images)})`;
}

/** A cell for those who do not see its row and column. */
export function cellLabel(digit: number, answer: number, count: number): string {
  return `${thousands(count)}: ${aDigit(digit)} read as ${answer}`;
}

export const MATRICES_HINT = "Press a number to see its digits below.";

const PLURALS = "zeros ones twos threes fours fives sixes sevens eights nines".split(" ");

/** "zeros"; one of them: "zero". */
function digitsText(digit: number, count: number): string {
  const plural = PLURALS[digit] ?? "";
  if (count !== 1) return plural;
  return plural === "sixes" ? "six" : plural.replace(/s$/, "");
}

// ---- Gallery

/** What a cell of a matrix holds. */
export function cellTitle(
  { name, digit, answer }: { name: string; digit: number; answer: number },
  count: number,
): string {
  const what = `${thousands(count)} ${digitsText(digit, count)} that ${name} reads`;
  return digit === answer ? `${what} rightly` : `${what} as ${answer}`;
}

/** The title of the gallery without a cell: where networks disagree, one is wrong at least. */
export function galleryTitle(count: number | null): string {
  const what = count === null ? "Digits" : counted(count, "digit");
  return `${what} read wrongly, costliest first`;
}

/** A picture of the gallery for those who do not see it. */
export function pictureLabel(look: Look, image: number, number: number): string {
  return `Number ${number}: ${imageText(look, image)}`;
}

// ---- McNemar's test

/** Two networks on the same test images. */
export function mcnemarText(
  [first, second]: readonly [string, string],
  { only: [a, b], p, is_clear }: McNemar,
): string {
  const counts = `Only ${first} reads ${counted(a, "test digit")} rightly, only ${second} ${thousands(b)}`;
  if (a + b === 0)
    return `${capital(first)} and ${second} are right and wrong on the same test digits.`;
  const test = `McNemar’s test: p = ${p < 0.001 ? "below 0.001" : p.toFixed(p < 0.1 ? 3 : 2)}`;
  return is_clear
    ? `${counts}: more uneven than luck makes it (${test.replace("= below", "below")}). Another seed may still say otherwise.`
    : `${counts}: luck alone is as uneven (${test}).`;
}

export const MCNEMAR_LATER =
  "On which test digits only one of them is right is told when training ends.";
