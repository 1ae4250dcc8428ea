import { expect, test } from "vitest";

import { notebook, python } from "./notebook.js";

test("formulas become Python", () => {
  expect(python("x³")).toBe("x ** 3");
  expect(python("x²")).toBe("x ** 2");
  expect(python("sin x")).toBe("keras.ops.sin(x)");
  expect(python("x / (1 + |x|)")).toBe("x / (1 + keras.ops.abs(x))");
  expect(python("0")).toBe("0 * x");
});

interface Cell {
  cell_type: string;
  source: string[];
}

test("a notebook holds settings, first weights and history", () => {
  const text = notebook({
    title: "custom on the digits 0 and 2",
    address: "https://example.org/#digits=0,2",
    values: [
      { key: "digits", text: "0,2" },
      { key: "seed", text: "7" },
    ],
    networks: [
      {
        name: "custom",
        layers: "relu4,cubic2",
        learning_rate: 0.1,
        start: Float32Array.of(1, -2),
        history: [
          {
            loss: NaN,
            accuracy: 0.5,
            val_loss: 0.25,
            val_accuracy: 1,
            mistakes: { count: 0, truth: null, loss_share: null },
          },
        ],
      },
    ],
    words: [
      { word: "relu", formula: "max(0, z)", family: "dense" },
      { word: "cubic", formula: "x³", family: "custom" },
    ],
    split: 0.25,
  });
  const { cells } = JSON.parse(text) as { cells: Cell[] };
  const code = cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ source }) => source.join(""));
  const all = code.join("\n");
  expect(text).not.toContain("{{");
  expect(all).toContain(
    '{"digits":"0,2","seed":"7","networks":[{"name":"custom","layers":"relu4,cubic2","learning_rate":0.1}]}',
  );
  expect(all).toContain(
    '{"custom":{"loss":[null],"accuracy":[0.5],"val_loss":[0.25],"val_accuracy":[1]}}',
  );
  expect(all).toContain('"cubic": lambda x: x ** 3,');
  expect(all).toContain('validation_split = float("0.25")');
  expect(all).not.toContain("max(0, z)");
  // 1 and −2 as little-endian float32.
  expect(all).toContain('{"custom":"AACAPwAAAMA="}');
  expect(cells[0]?.source.join("")).toMatch(/^# Does a custom layer help\?/);
});
