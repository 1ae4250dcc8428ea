import { expect, test } from "vitest";

import { experimentText } from "./log.js";

const DEFAULTS = {
  digits: "0,2,5",
  epochs: "50",
  lr: "0.01",
  seed: "1",
  runs: "1",
  networks: "custom:relu150,cubic50;dense:relu100",
};
const KNOWN = ["custom:relu150,cubic50", "dense:relu100", "control:relu150,relu50"];

const titleOf = (changed: Partial<typeof DEFAULTS>, networks = KNOWN.slice(0, 2)) =>
  experimentText(
    {
      texts: new Map(Object.entries({ ...DEFAULTS, ...changed })),
      networks: networks.map((text) => {
        const name = text.replace(/:.*/, "");
        return { name, layers: "", text, learning_rate: null, parameters: 1 };
      }),
    },
    new Map(Object.entries(DEFAULTS)),
    KNOWN,
  );

test("an experiment is called by what it changed", () => {
  expect(titleOf({})).toBe("As in the notebook");
  expect(titleOf({ seed: "7" })).toBe("As in the notebook");
  expect(titleOf({ epochs: "10", lr: "0.1" })).toBe("10\u00a0epochs · rate 0.1");
  expect(titleOf({ runs: "10" })).toBe("10 seeds");
  expect(titleOf({ digits: "0,1,2,3,4,5,6,7,8,9" })).toBe("All ten digits");
  expect(titleOf({ digits: "4,9" })).toBe("Digits 4 and 9");
  // The control is no setting of its own where networks are asked for.
  expect(titleOf({}, KNOWN)).toBe("Custom, dense and control");
  expect(titleOf({}, ["custom:relu150,sine50@0.1", "dense:relu100"])).toBe(
    "Custom relu150, sine50 at 0.1 and dense",
  );
});
