// The section Draw: pad, picture, answers and test digits.

import { KINDS } from "../kinds.js";
import { make } from "../views/dom.js";
import { createAnswer } from "./answer.js";
import { button } from "./controls.js";
import { hint } from "./hint.js";
import { latest } from "./latest.js";
import { knowledge, present } from "./origin.js";
import { createPad } from "./pad.js";
import { createReceived } from "./received.js";
import { createVoice } from "./spoken.js";
import { createTestDigits } from "./test-digits.js";
import { capital, likeliest } from "./words.js";

/** @import { Sheet } from "./sheet.js" */
/** @import { App, ModelInfo, PerModel, ReplyOf } from "../types.d.ts" */

/**
 * @param {HTMLElement} body
 * @param {App} app
 * @param {Sheet} sheet
 */
export function mountPadSection(body, app, sheet) {
  const words = make("p", { class: "pad-words", id: "pad-hint" });
  const received = createReceived();
  const undo = button("Undo", () => sheet.undo(), { "aria-keyshortcuts": "Control+Z Meta+Z" });
  const clear = button("Clear", () => sheet.clear());
  const answers = KINDS.map((kind) => ({ kind, view: createAnswer(app, kind) }));
  const note = make("p", { class: "quiet" });
  const voice = createVoice();

  body.append(
    make("div", { class: "surface" }, createPad(app, sheet, words.id), received.element),
    make("div", { class: "buttons" }, undo, clear),
    words,
    make("div", { class: "answers" }, ...answers.map(({ view }) => view.element)),
    note,
    createTestDigits(app, sheet),
    voice.element,
  );

  /** Whether something new is on the pad: only then the answer is spoken, not after each epoch. */
  let drawn = false;
  const ask = latest(
    async () => {
      const [content, aloud] = [sheet.content, drawn];
      drawn = false;
      return { content, aloud, replies: await app.predict(content) };
    },
    ({ content, aloud, replies }) => {
      const models = present(app);
      for (const { kind, view } of answers) view.show(app.models[kind], replies[kind]);
      received.show(replies.custom?.image ?? replies.dense?.image ?? replies.control?.image ?? []);
      const { text, doubtful } = hint(content, models, replies, digitAt(app, content));
      words.textContent = text;
      words.classList.toggle("notice", doubtful);
      note.textContent = knowledge(models);
      if (aloud) voice.say(`${spoken(models, replies)} ${text}`.trim());
    },
  );

  const enable = () => {
    undo.disabled = !sheet.undoable;
    clear.disabled = sheet.empty;
  };
  sheet.addEventListener("change", () => {
    drawn = true;
    enable();
    ask();
  });
  for (const event of ["epoch", "weights", "models", "state", "data"]) app.addEventListener(event, ask);
  enable();
  ask();

  document.addEventListener("keydown", (event) => {
    const undoKeys = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!undoKeys || event.defaultPrevented || !sheet.undoable || takesText(event.target)) return;
    event.preventDefault();
    sheet.undo();
  });
}

/**
 * @param {readonly ModelInfo[]} models
 * @param {PerModel<ReplyOf<"prediction">>} replies
 */
function spoken(models, replies) {
  return models
    .flatMap(({ kind }) => {
      const outcome = replies[kind]?.outcome;
      if (outcome?.type !== "answer") return [];
      const best = likeliest(outcome.probabilities);
      const share = Math.round((outcome.probabilities[best] ?? 0) * 100);
      return [`${capital(kind)} network: ${outcome.digits[best]}, ${share} percent.`];
    })
    .join(" ");
}

/**
 * The digit that a test image shows; `null` for a drawing.
 * @param {App} app
 * @param {import("../messages.d.ts").Input} content
 */
function digitAt(app, content) {
  if (content.type !== "test_image") return null;
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  return digits.find((digit) => app.testPositions(digit).includes(content.position)) ?? null;
}

/**
 * Whether Ctrl+Z belongs to what is typed there.
 * @param {EventTarget | null} target
 */
function takesText(target) {
  const text = "textarea, input:not([type=range], [type=checkbox], [type=radio])";
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(text));
}
