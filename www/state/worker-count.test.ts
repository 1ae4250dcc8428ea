import { expect, test } from "vitest";

import { workersFor } from "./worker-count.js";

const machine = (cores: number, isPhone = false) => ({ cores, isPhone });
/** Of the notebook's digits and networks. */
const [IMAGES, PARAMETERS] = [13.6e6, 143_053];

test("the networks of a run train side by side, also on fewer cores", () => {
  expect(workersFor(machine(2), 3, 3, IMAGES, PARAMETERS)).toBe(3);
  expect(workersFor(machine(1), 2, 2, IMAGES, PARAMETERS)).toBe(2);
});

test("the runs of several seeds take the cores there are", () => {
  expect(workersFor(machine(4), 20, 2, IMAGES, PARAMETERS)).toBe(4);
  expect(workersFor(machine(64), 20, 2, IMAGES, PARAMETERS)).toBe(8);
});

test("memory limits them", () => {
  expect(workersFor(machine(8, true), 20, 2, 55e6, 1.4e6)).toBe(1);
});
