// What a form of settings sets, and when it forgets what was typed.

import { batch, type ReadonlySignal, useSignal, useSignalEffect } from "@preact/signals";

import type { SettingsState } from "../../state/settings.js";

export interface Form {
  /** Sets a setting by its key; returns the sentence that refuses the text. */
  readonly set: (key: string, text: string) => string | null;
  /** Grows when the fields are to forget what was typed: when the settings change from outside. */
  readonly generation: ReadonlySignal<number>;
  readonly forget: () => void;
}

export function useForm(settings: SettingsState): Form {
  const own = useSignal(settings.hash.peek());
  const generation = useSignal(0);
  useSignalEffect(() => {
    if (settings.hash.value === own.peek()) return;
    own.value = settings.hash.value;
    generation.value = generation.peek() + 1;
  });
  const set = (key: string, text: string) =>
    batch(() => {
      const problem = settings.set(key, text);
      own.value = settings.hash.peek();
      return problem;
    });
  return { set, generation, forget: () => generation.value++ };
}
