import { expect, test } from "vitest";

import type { Look, When } from "../views/sure/look.js";
import type { Reading } from "../views/sure/reading.js";
import {
  cellTitle,
  costText,
  galleryTitle,
  imageText,
  lookText,
  mcnemarText,
  rowTwin,
} from "./sure.js";

/** With plain spaces. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

const classes = new Uint8Array([0, 1]);
const images = {
  part: "test",
  count: 2904,
  digits: new Uint8Array([0, 8]),
  classes,
  indices: new Uint32Array(2),
} as const;

function reading(logOdds: number[], answers: number[], share = 0.9941): Reading {
  const mistakes = answers.filter((answer, image) => answer !== classes[image]).length;
  return { logOdds: new Float32Array(logOdds), answers: new Uint8Array(answers), mistakes, share };
}

test("what is looked at, and when", () => {
  const run = (imagesSeen: number, seed: number | null = null): When => ({
    type: "run",
    imagesSeen,
    imagesInEpoch: 600,
    seed,
  });
  const said = (when: When, part: "test" | "train" = "train") =>
    plain(lookText({ images: { ...images, part }, when }));
  expect(said({ type: "before", origin: "ready-made" }, "test")).toBe(
    "2,904 test digits; networks trained before your visit.",
  );
  expect(said(run(0))).toBe("2,904 digits they never trained on, before the first step.");
  expect(said(run(32))).toBe("2,904 digits they never trained on, after 32 images.");
  expect(said(run(632))).toBe("2,904 digits they never trained on, after 1 epoch and 32 images.");
  expect(said(run(1200, 7), "test")).toBe(
    "2,904 test digits, after 2 epochs of the run with seed 7.",
  );
  expect(lookText({ images: null, when: { type: "never" } })).toMatch(/^Nothing to look at yet/);
});

test("mistakes and their share of the loss", () => {
  const said = (read: Parameters<typeof costText>[0]) => plain(costText(read));
  expect(said({ ...reading([1, 1], [0, 1]), mistakes: 20 })).toBe("20 wrong: 99.4 % of its loss.");
  expect(said(reading([1, -1], [0, 0], 0.55))).toBe("1 wrong: 55 % of its loss.");
  expect(said(reading([1, 1], [0, 1]))).toBe("None wrong.");
  expect(said("diverged")).toBe("Its weights overflowed.");
});

test("a digit, and what each network makes of it", () => {
  const look: Look = {
    names: ["custom", "dense", "broken"],
    digits: [0, 8],
    images,
    reads: [reading([1, -8.2], [0, 0]), reading([1, 3], [0, 1]), "diverged"],
    when: { type: "never" },
    experiment: null,
  };
  expect(plain(imageText(look, 1))).toBe(
    "An 8. Custom reads a 0 ✗ and left the truth 1 in 3,600. Dense is right, 95.3 % sure.",
  );
  expect(plain(rowTwin("custom", look.reads[0] ?? null, classes))).toBe(
    "custom: 1 digit read rightly, the middle one with 73.1 % sure; 1 wrongly, which left the truth 1 in 3,600 at the worst and 1 in 3,600 in the middle.",
  );
});

test("titles count", () => {
  const cell = { name: "custom", digit: 0, answer: 2 };
  expect(cellTitle(cell, 3)).toBe("3 zeros that custom reads as 2");
  expect(cellTitle(cell, 1)).toBe("1 zero that custom reads as 2");
  expect(cellTitle({ ...cell, digit: 6, answer: 6 }, 1)).toBe("1 six that custom reads rightly");
  expect(plain(galleryTitle(31))).toBe("31 digits read wrongly, costliest first");
  expect(plain(galleryTitle(1))).toBe("1 digit read wrongly, costliest first");
  expect(galleryTitle(null)).toBe("Digits read wrongly, costliest first");
});

test("McNemar's test: no difference is claimed that luck makes, nor one that seeds would not", () => {
  const said = (only: [number, number], p: number, is_clear: boolean) =>
    plain(mcnemarText(["custom", "dense"], { only, neither: 0, p, is_clear }));
  expect(said([9, 11], 0.8238, false)).toBe(
    "Only custom reads 9 test digits rightly, only dense 11: luck alone is as uneven (McNemar’s test: p = 0.82).",
  );
  expect(said([1, 30], 1e-8, true)).toBe(
    "Only custom reads 1 test digit rightly, only dense 30: more uneven than luck makes it (McNemar’s test: p below 0.001). Another seed may still say otherwise.",
  );
  expect(said([0, 0], 1, false)).toBe(
    "Custom and dense are right and wrong on the same test digits.",
  );
});
