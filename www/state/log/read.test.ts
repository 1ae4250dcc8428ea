// Whatever lies in the browser's storage, nothing throws, and what is read is whole. `HOSTILE=1000000 npx vitest run
// state/log/read.test.ts` tries more.

import { readFileSync } from "node:fs";

import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";

import { initSync, Study } from "../../pkg/mnist_cubic.js";
import { readContents, readEntry } from "./read.js";

const TRIES = { numRuns: Number(process.env.HOSTILE ?? 2000) };
const TIMEOUT = 3_600_000; // ms

const measured = { kind: "measured", value: 3 };
const ENTRY = {
  id: 1_700_000_000_000,
  number: 1,
  hash: "digits=0,2&epochs=3&batch=32&lr=0.01&seed=1&runs=2&networks=a:relu3,cubic2;b:relu4@0.1",
  epoch: 3,
  isStopped: false,
  runs: 2,
  trainingImages: 8,
  validationImages: 2,
  values: [0, 1].map(() => ({
    mistakes: measured,
    truth: measured,
    first_epoch: { kind: "not_reached" },
  })),
  losses: [[0.5, 0.4], [0.3]],
};
const COLUMNS = {
  mistakes: Uint32Array.of(1, 1, 0),
  ...Object.fromEntries(
    ["loss", "accuracy", "val_loss", "val_accuracy", "truth", "loss_share"].map((name) => [
      name,
      Float64Array.of(0.3, 0.2, 0.1),
    ]),
  ),
};

let study: Study;
beforeAll(() => {
  initSync({ module: readFileSync(new URL("../../pkg/mnist_cubic_bg.wasm", import.meta.url)) });
  study = new Study();
});

/** The places of a value, however deep, as ways to them. */
function placesOf(value: unknown): string[][] {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return [[]];
  return [
    [],
    ...Object.entries(value).flatMap(([key, part]) => placesOf(part).map((way) => [key, ...way])),
  ];
}

/** The value with another one at a place. */
function withAt(value: unknown, [key, ...way]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...(value as unknown[])] as unknown as Record<string, unknown>)
    : { ...(value as Record<string, unknown>) };
  copy[key] = withAt(copy[key], way, other);
  return copy;
}

const ODD = {
  weight: 4,
  arbitrary: fc.constantFrom(
    NaN,
    Infinity,
    -0,
    -1,
    0,
    1.5,
    4,
    1e9,
    2 ** 53,
    "",
    [],
    {},
    null,
    undefined,
  ),
};
/** What the browser's storage may hold. */
const anything = fc.oneof(ODD, {
  weight: 1,
  arbitrary: fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
  }),
});

/** A good value, damaged at up to three places. */
function damaged(good: unknown): fc.Arbitrary<unknown> {
  const place = fc.constantFrom(...placesOf(good));
  return fc.array(fc.tuple(place, anything), { maxLength: 3 }).map((changes) =>
    changes.reduce((value, [way, other]) => {
      try {
        return withAt(value, way, other);
      } catch {
        return value; // a place that an earlier change has taken away
      }
    }, good),
  );
}

test(
  "an entry is read whole, or not at all",
  () => {
    expect(readEntry(ENTRY, study)).not.toBeNull();
    fc.assert(
      fc.property(damaged(ENTRY), (value) => {
        const entry = readEntry(value, study);
        if (!entry) return;
        expect(entry.networks.length).toBe(entry.values.length);
        expect(entry.losses.flat().every((loss) => typeof loss === "number")).toBe(true);
        expect(entry.epoch).toBeLessThanOrEqual(entry.epochs);
        expect(readEntry(entry, study)).toEqual(entry);
      }),
      TRIES,
    );
  },
  TIMEOUT,
);

test(
  "contents are read whole, or not at all",
  () => {
    const entry = readEntry(ENTRY, study);
    if (!entry) throw new Error("The entry is a good one.");
    const end = ({ parameters }: { readonly parameters: number }) => ({
      imagesSeen: 24,
      weights: new Uint16Array(parameters),
      logOdds: Float32Array.of(1, -1),
      answers: Uint8Array.of(0, 1),
    });
    const runs = [0, 1].map(() => [COLUMNS, COLUMNS]);
    const good = { id: entry.id, runs, ends: entry.networks.map(end) };
    expect(readContents(good, entry)).not.toBeNull();
    fc.assert(
      fc.property(damaged(good), (value) => {
        const contents = readContents(value, entry);
        if (!contents) return;
        for (const { loss, mistakes } of contents.runs.flat()) {
          expect(loss.length).toBe(mistakes.length);
          expect(loss.length).toBeLessThanOrEqual(entry.epochs);
        }
        expect(contents.ends.map(({ weights }) => weights.length)).toEqual(
          entry.networks.map(({ parameters }) => parameters),
        );
      }),
      TRIES,
    );
  },
  TIMEOUT,
);
