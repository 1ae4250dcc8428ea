import { expect, test } from "vitest";

import { GRID, SIZE, X, across, labelPlace, up, xAfter, xAt } from "./geometry.js";

test("the point lies where the pointer is, on whole steps, and stays in the figure", () => {
  for (const x of [-1.5, 0, 0.7, 2.5]) expect(xAt(across(x) / SIZE.width)).toBe(x);
  expect(xAt((across(0.7) + 2) / SIZE.width)).toBe(0.7);
  expect(xAt(-1)).toBe(X.least);
  expect(xAt(2)).toBe(X.most);
});

test("keys move it, and end at the ends", () => {
  expect(xAfter("ArrowRight", 0.2)).toBe(0.3);
  expect(xAfter("ArrowLeft", 0)).toBe(-0.1);
  expect(xAfter("PageUp", 2.4)).toBe(X.most);
  expect(xAfter("Home", 1)).toBe(X.least);
  expect(xAfter("a", 1)).toBeNull();
});

test("a curve that leaves the figure has its name where it does", () => {
  const cube = GRID.map((x) => x ** 3);
  const { x, y } = labelPlace(cube);
  expect(x).toBeCloseTo(across(Math.cbrt(9)), -1);
  expect(y).toBeCloseTo(up(9), -1);
  expect(labelPlace(GRID.map(() => 0))).toEqual({ x: across(X.most), y: up(0) });
});
