import { expect, test } from "vitest";

import { type AnswerPicture, messageOf } from "./answer-picture.js";

const picture: AnswerPicture = {
  title: "Does a cubic layer help?",
  drawing: { type: "strokes", strokes: [] },
  said: "",
  networks: [
    { name: "custom", digit: "2", sure: "99.0\u00a0% sure" },
    { name: "dense", digit: "2", sure: "98.0\u00a0% sure" },
  ],
  moment: "After 50\u00a0epochs of your run.",
  criteria: [
    { title: "Mistakes", values: ["36", "35"], sentences: ["One run can’t tell."] },
    { title: "First epoch", values: ["4", "–"], sentences: [] },
  ],
  link: "https://example.org/#epochs=50",
};

test("the message has every number with its network's name, and what is said of them", () => {
  expect(messageOf(picture).split("\n")).toEqual([
    "Does a cubic layer help?",
    "After 50\u00a0epochs of your run.",
    "Mistakes: custom 36, dense 35. One run can’t tell.",
    "First epoch: custom 4, dense –.",
  ]);
  expect(messageOf({ ...picture, moment: "" }).split("\n")).toHaveLength(3);
});
