// Reads what the browser's storage gives: anybody may have written there, an older or a newer page among them.

import type { ByCriterion, Study, Value } from "../../pkg/mnist_cubic.js";
import type { Columns, Contents, End, Entry } from "./entry.js";

/** The most values in the sparkline of a network's loss. */
export const MOST_LOSSES = 60;

/** No date is later, in ms since 1970. */
export const LAST_MOMENT = 8.64e15;
/** Nobody has tried more. */
const HIGHEST_NUMBER = 1e9;

/** Null where it is no entry that this page can show. */
export function readEntry(value: unknown, study: Study): Entry | null {
  if (!isRecord(value)) return null;
  const { id, number, hash, epoch, isStopped, runs, trainingImages, validationImages } = value;
  if (![id, number, epoch, runs, trainingImages, validationImages].every(isCount)) return null;
  if (Number(id) > LAST_MOMENT || Number(number) > HIGHEST_NUMBER) return null;
  if (typeof hash !== "string" || typeof isStopped !== "boolean") return null;
  const read = study.read_hash(hash);
  if (read.problems.length > 0 || read.hash !== hash) return null;
  const plan = study.plan(hash);
  const config = plan.jobs[0]?.train;
  if (!config || Number(epoch) > config.epochs || Number(runs) > plan.seeds.length) return null;
  const values = listOf(value.values, read.networks.length, readValues);
  const losses = listOf(value.losses, read.networks.length, readLosses);
  if (!values || !losses) return null;
  return {
    ...(value as Pick<Entry, "id" | "number" | "epoch" | "runs">),
    ...(value as Pick<Entry, "trainingImages" | "validationImages">),
    hash,
    isStopped,
    values,
    losses,
    networks: read.networks,
    digits: config.digits,
    seeds: plan.seeds,
    epochs: config.epochs,
    batchSize: config.batch_size,
    texts: new Map(read.values.map(({ key, text }) => [key, text])),
  };
}

/** Null where it is not what the entry's settings make. */
export function readContents(value: unknown, entry: Entry): Contents | null {
  if (!isRecord(value) || value.id !== entry.id) return null;
  const { networks, seeds } = entry;
  const runs = listOf(value.runs, seeds.length, (run) =>
    listOf(run, networks.length, (columns) => readColumns(columns, entry)),
  );
  const ends = listOf(value.ends, networks.length, (end, place) =>
    readEnd(end, entry, networks[place]?.parameters ?? 0),
  );
  const hasCome = runs?.flat().some(({ loss }) => loss.length >= entry.epoch) ?? false;
  return runs && ends && hasCome ? { id: entry.id, runs, ends } : null;
}

type Fields = Readonly<Record<string, unknown>>;

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** From 1 on: there is no experiment without an epoch, a run or images. */
function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0;
}

/** Each of so many items, read; null where one cannot be, or there are more or fewer. */
function listOf<T>(
  value: unknown,
  count: number,
  read: (item: unknown, place: number) => T | null,
): T[] | null {
  if (!Array.isArray(value) || value.length !== count) return null;
  const items: T[] = [];
  for (let place = 0; place < count; place++) {
    const one = read(value[place], place);
    if (one === null) return null;
    items.push(one);
  }
  return items;
}

const CRITERIA = ["mistakes", "truth", "first_epoch"] as const;
const WITHOUT_NUMBER = ["no_mistakes", "not_reached", "diverged", "not_yet"] as const;

function readValues(value: unknown): ByCriterion<Value> | null {
  if (!isRecord(value)) return null;
  const values = CRITERIA.map((criterion) => readValue(value[criterion]));
  const [mistakes, truth, first_epoch] = values;
  return mistakes && truth && first_epoch ? { mistakes, truth, first_epoch } : null;
}

function readValue(value: unknown): Value | null {
  if (!isRecord(value)) return null;
  const kind = WITHOUT_NUMBER.find((one) => one === value.kind);
  if (kind) return { kind };
  return value.kind === "measured" && Number.isFinite(value.value)
    ? { kind: "measured", value: Number(value.value) }
    : null;
}

function readLosses(value: unknown): number[] | null {
  const isFit = Array.isArray(value) && value.length <= MOST_LOSSES;
  return isFit && value.every((one) => typeof one === "number") ? value : null;
}

function readColumns(value: unknown, { epochs }: Entry): Columns | null {
  if (!isRecord(value)) return null;
  const { loss, accuracy, val_loss, val_accuracy, mistakes, truth, loss_share } = value;
  if (!(mistakes instanceof Uint32Array) || mistakes.length > epochs) return null;
  for (const column of [loss, accuracy, val_loss, val_accuracy, truth, loss_share])
    if (!(column instanceof Float64Array) || column.length !== mistakes.length) return null;
  return { loss, accuracy, val_loss, val_accuracy, mistakes, truth, loss_share } as Columns;
}

function readEnd(value: unknown, entry: Entry, parameters: number): End | null {
  if (!isRecord(value)) return null;
  const { imagesSeen, weights, logOdds, answers } = value;
  const { validationImages: images, digits, epochs, trainingImages } = entry;
  // A network that diverged at once has seen none.
  const isMoment = Number.isSafeInteger(imagesSeen) && Number(imagesSeen) >= 0;
  if (!isMoment || Number(imagesSeen) > epochs * trainingImages) return null;
  if (!(weights instanceof Uint16Array) || weights.length !== parameters) return null;
  if (!(logOdds instanceof Float32Array) || logOdds.length !== images) return null;
  if (!(answers instanceof Uint8Array) || answers.length !== images) return null;
  if (answers.some((answer) => answer >= digits.length)) return null;
  return { imagesSeen: Number(imagesSeen), weights, logOdds, answers };
}
