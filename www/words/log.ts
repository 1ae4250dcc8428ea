// What the log of experiments says.

import type { Entry } from "../state/log/entry.js";
import type { LogEvent } from "../state/log/log.js";
import { MOST_EXPERIMENTS } from "../state/log/log.js";
import { capital, counted, list } from "../views/numbers.js";

export const TITLE = "What you have tried";
export const NOTHING = "Nothing yet.";
export const COLUMNS = {
  experiment: "experiment",
  losses: "loss by epoch",
  mistakes: "mistakes",
  truth: "when wrong, left for the truth",
} as const;

const STORAGE = {
  opening: "Kept in this browser for your next visit.",
  kept: "Kept in this browser for your next visit.",
  full: "This browser keeps no more for the page, so what came last goes when you leave.",
  refused: "This browser keeps nothing for the page, so all of it goes when you leave.",
} as const;

export function storageText(storage: keyof typeof STORAGE): string {
  return STORAGE[storage];
}

export function unreadableText(count: number): string {
  const [are, they] = count === 1 ? ["experiment is", "it"] : ["experiments are", "they"];
  return `${count} stored ${are} left out: ${they} can’t be read.`;
}

/** What an experiment changed. `defaults` are the notebook's settings by key, `known` the texts of networks that go without saying. */
export function experimentText(
  { texts, networks }: Pick<Entry, "texts" | "networks">,
  defaults: ReadonlyMap<string, string>,
  known: readonly string[],
): string {
  const parts = [...texts].flatMap(([key, text]) =>
    text === defaults.get(key) ? [] : (CHANGED[key]?.(text) ?? []),
  );
  if (networks.map(({ text }) => text).join(";") !== defaults.get("networks"))
    parts.unshift(
      list(networks.map((one) => (known.includes(one.text) ? one.name : spaced(one.text)))),
    );
  return parts.length === 0 ? "As in the notebook" : capital(parts.join(" · "));
}

const CHANGED: Readonly<Partial<Record<string, (text: string) => string>>> = {
  digits: (text) => (text.length > 18 ? "all ten digits" : `digits ${list(text.split(","))}`),
  epochs: (text) => counted(Number(text), "epoch"),
  batch: (text) => `batches of ${text}`,
  lr: (text) => `rate ${text}`,
  runs: (text) => `${text} seeds`,
};

/** "dense:relu100,relu50@0.1" → "dense relu100, relu50 at 0.1" */
function spaced(text: string): string {
  return text.replace(":", " ").replaceAll(",", ", ").replace("@", " at ");
}

const DATE = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

/** Its seed, how far it came and when. */
export function detailsText({ texts, epoch, epochs, isStopped, id, runs }: Entry): string {
  const seed = Number(texts.get("seed"));
  const seeds = runs > 1 ? `seeds from ${seed}` : `seed ${seed}`;
  const stopped = isStopped ? [`stopped after ${epoch} of ${epochs}`] : [];
  return [seeds, ...stopped, new Date(id).toLocaleString("en-GB", DATE)].join(" · ");
}

/** The last thing that was done to the log. */
export function eventText(event: LogEvent): string {
  if (event.type === "none") return "";
  const { number } = event.entry;
  switch (event.type) {
    case "shown":
      return `Experiment ${number} is on the page, as it ended, with its settings. Its weights are rounded to three digits.`;
    case "drawn":
      return `Experiment ${number} is drawn over the curves, dashed.`;
    case "deleted":
      return `Experiment ${number} is deleted.`;
    case "returned":
      return `Experiment ${number} is back.`;
    case "unreadable":
      return `What was kept of experiment ${number} can’t be read, so it can’t be shown.`;
    case "other images":
      return `Experiment ${number} was made on other images than this site’s, so it can’t be shown.`;
    case "busy":
      return `Experiment ${number} can be shown when the training has ended.`;
    case "let go":
      return `Only ${MOST_EXPERIMENTS} experiments are kept: experiment ${number}, the oldest, has gone.`;
  }
}

/** What is drawn dashed over the curves. */
export function overlaidText(labels: readonly string[]): string {
  return labels.length === 0 ? "" : `Dashed, from what you have tried: ${labels.join("; ")}.`;
}

export const EXPORTED = "experiments.json is saved: settings, findings and curves of them all.";
