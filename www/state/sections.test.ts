import { expect, test } from "vitest";

import type { Address } from "./address.js";
import { openView, PARTS, readView } from "./sections.js";

test("without view= the page is whole", () => {
  expect(readView(null)).toEqual({ parts: null, problem: "" });
});

test("names parts in any order, once or twice", () => {
  const { parts, problem } = readView("verdict, stage,verdict,");
  expect([...(parts ?? [])]).toEqual(["stage", "verdict"]);
  expect(problem).toBe("");
});

test("names what is no part, and shows the others", () => {
  const { parts, problem } = readView("stage,pad,chart,pad");
  expect([...(parts ?? [])]).toEqual(["stage"]);
  expect(problem).toMatch(/^“view=” names “pad” and “chart”, which are no parts of this page\. /);
  for (const part of PARTS) expect(problem).toContain(part);
  expect(problem).toMatch(/The others are shown\.$/);
});

test("shows the whole page where nothing good is named", () => {
  for (const text of ["", ",", "Stage", "x".repeat(500)]) {
    const { parts, problem } = readView(text);
    expect(parts).toBeNull();
    expect(problem).toMatch(/The whole page is shown\.$/);
    expect(problem.length).toBeLessThan(250);
  }
});

test("an address that names a thousand parts gets a sentence, not a thousand names", () => {
  const names = Array.from({ length: 1000 }, (_, at) => `x${at}`);
  const { problem } = readView(["stage", ...names].join());
  expect(problem).toMatch(/^“view=” names “x0”, “x1” and “x2” and 997 more, which are no parts/);
  expect(problem.length).toBeLessThan(250);
});

test("follows the address", () => {
  let text: string | null = "stage";
  const changes: (() => void)[] = [];
  const address: Address = {
    read: () => "",
    write() {},
    follow: (take) => void changes.push(() => take("")),
    view: () => text,
  };
  const { shows, isWhole } = openView(address);
  expect([shows("stage"), shows("verdict"), isWhole.value]).toEqual([true, false, false]);
  text = null;
  for (const change of changes) change();
  expect([shows("stage"), shows("verdict"), isWhole.value]).toEqual([true, true, true]);
});
