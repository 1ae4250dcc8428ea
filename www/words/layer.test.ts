import { expect, test } from "vitest";

import {
  ablatedCountText,
  ablatedText,
  functionsText,
  matrixText,
  scaleText,
  signed,
  unitText,
} from "./layer.js";
import { asFactor, partName, withoutNote } from "./layer-parts.js";

test("parts are named by the function", () => {
  expect(partName("function", "x³", "cubic")).toBe("x³·V");
  expect(partName("function", "sin x", "sine")).toBe("(sin x)·V");
  expect(asFactor("x / (1 + |x|)")).toBe("(x/(1+|x|))");
  expect(partName("linear", "x³", "cubic")).toBe("−x·W");
  expect(partName("activation", "max(0, x)", "relu")).toBe("relu");
});

test("what is added has its sign, and as many digits as tell something", () => {
  expect([66.312, -2.3, 0, -0.001, 1234.5].map(signed)).toEqual([
    "+66.3",
    "−2.30",
    "+0.00",
    "+0.00",
    "+1235",
  ]);
  expect(signed(-9.999)).toBe("−10.0");
  expect(signed(NaN)).toBe("overflowed");
});

test("a unit says what each of its parts adds", () => {
  const added = [
    ["x³·V", 5.612],
    ["−x·W", -0.2],
  ] as const;
  expect(unitText("custom", 12, added, 5)).toBe(
    "Unit 12 of custom: x³·V adds +5.61, −x·W −0.20 to the 5.",
  );
  expect(unitText("custom", 12, [["relu", NaN]], 5)).toBe("Unit 12 of custom: overflowed.");
  expect(unitText("custom", 12, [], 5)).toBe("Unit 12 of custom: nothing to add yet.");
});

test("what is left without a part is said, and what it costs", () => {
  const both = new Set(["linear", "function"] as const);
  const answer = { probabilities: [0.25, 0.75], class: 1, diverged: false };
  expect(ablatedText("custom", "x³", both, answer)).toBe(
    "Without x³·V and −x·W, custom is 75.0\u00a0% sure.",
  );
  expect(ablatedText("custom", "x³", new Set(), answer)).toBe("Whole, custom is 75.0\u00a0% sure.");
  expect(ablatedText("custom", "x³", both, { ...answer, diverged: true })).toMatch(/overflowed/);
  expect(withoutNote(new Set(["function"] as const), "x²")).toBe("Without x²·V.");
  expect(withoutNote(new Set(), "x²")).toBe("");
  const counts = { type: "counts", images: 2904, whole: 20, without: 1877 } as const;
  expect(ablatedCountText(counts, false)).toBe(
    "It gets 1,877 of 2,904 test digits wrong instead of 20.",
  );
  expect(ablatedCountText(counts, true)).toBe("It gets 20 of 2,904 test digits wrong.");
  expect(ablatedCountText({ ...counts, without: null }, false)).toBe("Counting test digits…");
});

test("without a custom layer, none is claimed", () => {
  expect(functionsText([])).toMatch(/^No network here has a custom layer/);
  expect(functionsText(["cubic", "square"])).toMatch(
    /^Cubic: twice.*eight times.*Square: twice.*four times.*Drag/,
  );
});

test("a matrix that overflowed has no range", () => {
  const tensor = { name: "cubic.v", shape: [100, 50], start: 0, least: -0.42, most: 0.5, sd: 0.07 };
  expect(matrixText(tensor)).toBe(
    "50\u00a0units by 100\u00a0inputs, from −0.420 to 0.500, with a standard deviation of 0.070.",
  );
  expect(matrixText({ ...tensor, sd: NaN })).not.toMatch(/NaN|from/);
  expect(scaleText(0)).toBe("One scale.");
  expect(scaleText(12.345)).toBe("One scale, ±12.35.");
});
