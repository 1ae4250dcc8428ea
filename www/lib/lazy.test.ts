import { expect, test } from "vitest";

import { later } from "./lazy.js";

test("comes once, however often it is asked for", async () => {
  let fetched = 0;
  const part = later(() => Promise.resolve((fetched += 1)));
  expect(part.coming.value).toEqual({ type: "not yet" });
  await Promise.all([part.ask(), part.ask()]);
  await part.ask();
  expect(part.coming.value).toEqual({ type: "there", part: 1 });
});

test("is asked for again where it failed", async () => {
  const answers = [Promise.reject(new Error("404")), Promise.resolve("a part")];
  const part = later(() => answers.shift() ?? Promise.reject(new Error("asked too often")));
  await part.ask();
  expect(part.coming.value).toEqual({ type: "failed" });
  await part.ask();
  expect(part.coming.value).toEqual({ type: "there", part: "a part" });
});
