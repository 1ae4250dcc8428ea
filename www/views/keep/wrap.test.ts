import { expect, test } from "vitest";

import { wrap } from "./wrap.js";

/** Every letter is as wide. */
const widthOf = (text: string): number => text.length;

test("lines are as full as they can be", () => {
  expect(wrap("one two three four", 9, 5, widthOf)).toEqual(["one two", "three", "four"]);
  expect(wrap("one two three four", 10, 5, widthOf)).toEqual(["one two", "three four"]);
  expect(wrap("", 10, 5, widthOf)).toEqual([]);
});

test("what is too long is broken, and loses nothing", () => {
  const link = "https://example.org/#digits=0,2,5&epochs=50";
  const lines = wrap(`At ${link}`, 12, 9, widthOf);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
  expect(lines.join("").replace(/^At ?/, "")).toBe(link);
});

test("more lines than there is room for end in an ellipsis", () => {
  expect(wrap("one two three four", 7, 2, widthOf)).toEqual(["one two", "three…"]);
  expect(wrap("aaaaaaaaaaaaaaaa", 5, 2, widthOf)).toEqual(["aaaaa", "aaaa…"]);
});

test("a letter wider than the line stands by itself", () => {
  expect(wrap("abc", 0.5, 9, widthOf)).toEqual(["a", "b", "c"]);
});
