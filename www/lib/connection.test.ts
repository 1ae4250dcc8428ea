import { expect, test } from "vitest";

import { isMetered } from "./connection.js";

test("a line is metered where the visitor or the browser says so", () => {
  const unmetered = { saveData: false, type: "wifi", effectiveType: "4g" };
  expect(isMetered({ connection: unmetered })).toBe(false);
  for (const change of [
    { saveData: true },
    { type: "cellular" },
    { effectiveType: "3g" },
    { effectiveType: "2g" },
    { effectiveType: "slow-2g" },
  ]) {
    expect(isMetered({ connection: { ...unmetered, ...change } })).toBe(true);
  }
});

test("a browser that tells nothing is on a line that is not metered", () => {
  expect(isMetered({})).toBe(false);
  expect(isMetered({ connection: {} })).toBe(false);
});
