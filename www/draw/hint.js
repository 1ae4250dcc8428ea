// The words under the pad: how to begin, why there is no answer, or why to doubt it.

import { listText } from "../views/words.js";
import { capital, likeliest, thousands } from "./words.js";

/** @import { Input, ModelKind } from "../messages.d.ts" */
/** @import { ModelInfo, PerModel, ReplyOf } from "../types.d.ts" */

/**
 * @param {Input} content
 * @param {readonly ModelInfo[]} models
 * @param {PerModel<ReplyOf<"prediction">>} replies
 * @param {number | null} label The test image's digit.
 * @returns {{ text: string, doubtful: boolean }}
 */
export function hint(content, models, replies, label) {
  if (content.type === "strokes" && content.strokes.length === 0) {
    return { text: "Draw one digit here, with mouse, finger or pen, in any size.", doubtful: false };
  }
  const reasons = sentences(models, (kind) => {
    const outcome = replies[kind]?.outcome;
    return outcome?.type === "nothing" ? outcome.reason : null;
  });
  if (reasons) return { text: reasons, doubtful: false };
  const doubts = sentences(models, (kind) => {
    const outcome = replies[kind]?.outcome;
    return outcome?.type === "answer" ? outcome.doubt : null;
  });
  if (content.type === "test_image") {
    const what = label === null ? "" : `, a ${label}`;
    const shown = `Test image ${thousands(content.position)}${what}, as it is.`;
    const next = doubts || "Draw, and your drawing takes its place.";
    return { text: `${shown} ${next}`, doubtful: doubts !== "" };
  }
  if (doubts) return { text: doubts, doubtful: true };
  return { text: agreement(models, replies), doubtful: false };
}

/**
 * Whether the models give the same answer.
 * @param {readonly ModelInfo[]} models
 * @param {PerModel<ReplyOf<"prediction">>} replies
 */
function agreement(models, replies) {
  const said = models.flatMap(({ kind }) => {
    const outcome = replies[kind]?.outcome;
    if (outcome?.type !== "answer") return [];
    return [{ kind, digit: outcome.digits[likeliest(outcome.probabilities)] }];
  });
  const [first] = said;
  if (!first || said.length < 2) return "";
  if (said.every(({ digit }) => digit === first.digit)) {
    return `${said.length === 2 ? "Both" : "All"} networks see a ${first.digit}.`;
  }
  return `The networks disagree: ${listText(said.map(({ kind, digit }) => `${kind} sees a ${digit}`))}.`;
}

/**
 * What the models say: once where all say the same, else each with the model's name.
 * @param {readonly ModelInfo[]} models
 * @param {(kind: ModelKind) => string | null} sentence
 */
function sentences(models, sentence) {
  const said = models.map(({ kind }) => ({ kind, text: sentence(kind) }));
  const [first] = said;
  if (!first) return "";
  if (said.every(({ text }) => text === first.text)) return first.text ?? "";
  return said
    .flatMap(({ kind, text }) => (text === null ? [] : text.includes(kind) ? text : `${capital(kind)} network: ${text}`))
    .join(" ");
}
