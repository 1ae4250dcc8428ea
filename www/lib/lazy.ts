// A part of the program that comes later: asked for when it is wanted, once.

import { type ReadonlySignal, signal } from "@preact/signals";

export type Coming<T> =
  | { readonly type: "not yet" }
  | { readonly type: "there"; readonly part: T }
  /** The network failed, or the site has a newer build by now. */
  | { readonly type: "failed" };

export interface Later<T> {
  readonly coming: ReadonlySignal<Coming<T>>;
  /** Fetches it; where that has failed, again. Never rejects. */
  ask(): Promise<void>;
}

export function later<T>(fetch: () => Promise<T>): Later<T> {
  const coming = signal<Coming<T>>({ type: "not yet" });
  let asked: Promise<void> | null = null;
  return {
    coming,
    ask() {
      asked ??= fetch().then(
        (part) => void (coming.value = { type: "there", part }),
        () => {
          asked = null;
          coming.value = { type: "failed" };
        },
      );
      return asked;
    },
  };
}
