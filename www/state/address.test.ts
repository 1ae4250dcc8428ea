import { afterEach, expect, test, vi } from "vitest";

import { address } from "./address.js";

/** A browser at this address, with what it keeps. */
function open(hash: string, search = "", kept?: string) {
  const store = new Map(kept === undefined ? [] : [["settings of /page/", kept]]);
  const location = { hash, search };
  vi.stubGlobal("location", location);
  vi.stubGlobal("document", {
    baseURI: "https://example.org/page/",
    getElementById: (id: string) => (id === "draw" ? {} : null),
  });
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => store.get(key) ?? null,
    setItem: (key: string, value: string) => void store.set(key, value),
  });
  const replaceState = (_: unknown, __: string, to: string) => void (location.hash = to);
  vi.stubGlobal("history", { replaceState });
  return { location, store };
}

afterEach(() => vi.unstubAllGlobals());

test("settings come from the hash, or else from the last visit", () => {
  open("#epochs=3", "", "epochs=7");
  expect(address.read()).toBe("epochs=3");
  open("#draw", "", "epochs=7");
  expect(address.read()).toBe("epochs=7");
  open("");
  expect(address.read()).toBe("");
});

test("view= is no setting, wherever it stands", () => {
  for (const hash of ["#view=stage,verdict&epochs=3", "#epochs=3&view=stage%2Cverdict"]) {
    open(hash);
    expect(address.read()).toBe("epochs=3");
    expect(address.view()).toBe("stage,verdict");
  }
  open("#epochs=3", "?from=slides&view=learn");
  expect(address.read()).toBe("epochs=3");
  expect(address.view()).toBe("learn");
  open("#view=stage", "?view=learn");
  expect(address.view()).toBe("stage");
  open("#view=%E0%A4");
  expect(address.view()).toBe("%E0%A4");
});

test("it stays when settings are written", () => {
  const { location } = open("#view=stage&epochs=3");
  address.write("epochs=4");
  expect(location.hash).toBe("#epochs=4&view=stage");
  address.write("epochs=5");
  expect(location.hash).toBe("#epochs=5&view=stage");
});

test("a slide neither takes the last visit's settings nor leaves any", () => {
  const { store } = open("#view=stage", "", "epochs=7");
  expect(address.read()).toBe("");
  address.write("epochs=4");
  expect([...store.values()]).toEqual(["epochs=7"]);
  const whole = open("", "", "epochs=7");
  address.write("epochs=4");
  expect([...whole.store.values()]).toEqual(["epochs=4"]);
});
