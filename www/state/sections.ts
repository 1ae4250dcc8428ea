// The parts of the page, their order, and which are shown: all, or those that `view=` names in the address, as for a slide or a frame.

import { computed, signal } from "@preact/signals";

import { viewProblem } from "../words/share.js";
import type { Address } from "./address.js";

/** What is below the verdict, in the page's order. It comes later than the rest. */
export const SECOND_HALF = [
  "learn",
  "sure",
  "layer",
  "experiments",
  "settings",
  "keep",
  "class",
] as const;
/** In the page's order. */
export const PARTS = ["title", "stage", "verdict", ...SECOND_HALF, "about"] as const;
export type Part = (typeof PARTS)[number];

/** What an address asks for. */
export interface View {
  /** Null: the whole page. */
  readonly parts: ReadonlySet<Part> | null;
  /** What is wrong with it; empty where nothing is. */
  readonly problem: string;
}

/** `text` is what stands after `view=`; null where that is not in the address. */
export function readView(text: string | null): View {
  if (text === null) return { parts: null, problem: "" };
  const names = text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = [...new Set(names.filter((name) => !isPart(name)))];
  const parts = new Set(PARTS.filter((part) => names.includes(part)));
  const isNothing = parts.size === 0;
  return {
    parts: isNothing ? null : parts,
    problem: unknown.length > 0 || isNothing ? viewProblem(unknown, PARTS, isNothing) : "",
  };
}

function isPart(name: string): name is Part {
  return PARTS.some((part) => part === name);
}

export type ViewState = ReturnType<typeof openView>;

/** Takes it from the address, and follows that. */
export function openView(address: Address) {
  const view = signal(readView(address.view()));
  address.follow(() => (view.value = readView(address.view())));
  return {
    /** Whether a part is to be seen. Reactive inside a view. */
    shows: (part: Part): boolean => view.value.parts?.has(part) ?? true,
    isWhole: computed(() => view.value.parts === null),
    problem: computed(() => view.value.problem),
  };
}
