// The settings: in the address, in the form, and kept for the next visit. They belong to the next training.

import { computed, signal } from "@preact/signals";

import { linkTo } from "../lib/link.js";
import { sentenceOf } from "../lib/sentence.js";
import type { Study } from "../pkg/mnist_cubic.js";
import type { Address } from "./address.js";

export type SettingsState = ReturnType<typeof openSettings>;

/** Takes the settings from the address, or else from the last visit, and follows the address from then on. */
export function openSettings(study: Study, address: Address) {
  const read = signal(study.read_hash(address.read()));
  const hash = computed(() => read.value.hash);

  const take = (text: string): void => {
    read.value = study.read_hash(text);
    address.write(hash.peek());
  };
  address.follow((text) => {
    if (text !== "" && text !== hash.peek()) take(text);
  });
  address.write(hash.peek());

  return {
    /** The rows of the form, in order. */
    rows: study.rows(),
    /** In canonical form, without `#`. */
    hash,
    /** The text of each setting by its key. */
    texts: computed(() => new Map(read.value.values.map(({ key, text }) => [key, text]))),
    networks: computed(() => read.value.networks),
    digits: computed(() => study.plan(hash.value).jobs[0]?.train.digits ?? []),
    /** What was bad in the address as it was opened, and replaced by defaults. Empty again after the next change. */
    problems: computed(() => read.value.problems),
    /** The address that opens the page with these settings. */
    link: computed(() => linkTo(hash.value)),
    /** Sets one value; returns the sentence that refuses it, and then nothing has changed. */
    set(key: string, text: string): string | null {
      try {
        take(study.with_value(hash.peek(), key, text));
        return null;
      } catch (error) {
        return sentenceOf(error);
      }
    },
    /** Takes all of them from a hash. */
    take,
    /** Back to the notebook's. */
    reset: () => take(""),
  };
}
