import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { initSync, Study } from "../pkg/mnist_cubic.js";
import { readView } from "../state/sections.js";
import { LESSONS, lessonText, WORDS } from "./classroom.js";

initSync({ module: readFileSync(new URL("../pkg/mnist_cubic_bg.wasm", import.meta.url)) });

test("the lessons take 45 minutes", () => {
  expect(LESSONS).toHaveLength(6);
  expect(LESSONS.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(45);
});

test("a lesson's settings are good, and its parts are parts", () => {
  const study = new Study();
  for (const { settings, parts, title } of LESSONS) {
    expect(study.read_hash(settings).problems, title).toEqual([]);
    expect(readView(parts.join(",")).problem, title).toBe("");
    expect(parts, "a network must be trained").toContain("stage");
  }
});

test("the lessons' networks are what their questions say", () => {
  const study = new Study();
  const networksOf = (title: string) => {
    const lesson = LESSONS.find((one) => one.title === title);
    return study.read_hash(lesson?.settings ?? "absent").networks;
  };
  expect(networksOf("The layer, or the width?").map(({ name }) => name)).toEqual([
    "custom",
    "dense",
    "control",
  ]);
  // They differ in their last layer alone.
  const curves = networksOf("Another curve").map(({ layers }) => layers.split(","));
  expect(curves.map((layers) => layers.slice(0, -1).join())).toEqual(
    Array.from({ length: 4 }, () => "relu150,relu100"),
  );
  expect(new Set(curves.map((layers) => layers.at(-1))).size).toBe(4);
});

test("a lesson is copied with its link, its question and what to notice", () => {
  const [lesson] = LESSONS;
  if (!lesson) throw new Error("There is no lesson.");
  const text = lessonText(lesson, 1, "https://example.org/#view=stage");
  expect(text.split("\n")).toEqual([
    `1. ${lesson.title} (5 min)`,
    "https://example.org/#view=stage",
    `Guess: ${lesson.question}`,
    `Notice: ${lesson.notice}`,
  ]);
});

test("ten words have two sentences each", () => {
  expect(WORDS).toHaveLength(10);
  for (const { text, name } of WORDS) expect(text.match(/[.](?= |$)/g), name).toHaveLength(2);
});
