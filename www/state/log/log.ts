// The log of experiments: what was done is kept for the next visit, can be shown again, and drawn beside what is shown.

import { batch, computed, effect, type ReadonlySignal, signal } from "@preact/signals";

import type { ImagesState } from "../images.js";
import type { Experiment } from "../plan.js";
import type { SettingsState } from "../settings.js";
import type { SnapshotsKeeper } from "../snapshots.js";
import type { StudyKeeper } from "../study.js";
import type { TrainingKeeper } from "../training.js";
import { memoryStore, type Store } from "./database.js";
import { type Contents, type Entry, type Stored, storedOf } from "./entry.js";
import { LAST_MOMENT, readContents, readEntry } from "./read.js";
import { bringBack, experimentOf, recordOf } from "./record.js";

/** So many experiments are kept; the oldest go. */
export const MOST_EXPERIMENTS = 50;

/** Timeout for opening the database, in ms; after it, the log lasts for this visit only. */
const PATIENCE = 10_000;

/** What was done to the log last. */
export type LogEvent =
  | { readonly type: "none" }
  | { readonly type: "shown" | "drawn" | "deleted" | "unreadable" | "busy"; readonly entry: Entry }
  | { readonly type: "other images"; readonly entry: Entry }
  | { readonly type: "returned"; readonly entry: Entry }
  /** The oldest has gone, for this one. */
  | { readonly type: "let go"; readonly entry: Entry };

/** Whether experiments are kept for the next visit; `full` if earlier ones are, but no new ones. */
export type Storing = "opening" | "kept" | "full" | "refused";

/** An experiment whose curves are drawn beside those shown. */
export interface Overlay {
  readonly entry: Entry;
  readonly contents: Contents;
}

export type LogKeeper = ReturnType<typeof keepLog>;
export type LogState = Omit<LogKeeper, "open">;

interface Parts {
  readonly study: StudyKeeper;
  readonly settings: SettingsState;
  readonly images: Pick<ImagesState, "want" | "count">;
  readonly snapshots: SnapshotsKeeper;
  readonly training: Pick<
    TrainingKeeper,
    "phase" | "experiment" | "isActive" | "restore" | "reset"
  >;
}

export function keepLog({ study: keeper, settings, images, snapshots, training }: Parts) {
  const { study } = keeper;
  const entries = signal<readonly Entry[]>([]);
  const storage = signal<Storing>("opening");
  const foreign = signal<readonly IDBValidKey[]>([]);
  const overlaid = signal<readonly Overlay[]>([]);
  const last = signal<LogEvent>({ type: "none" });
  const deleted = signal<{ entry: Entry; contents: Contents } | null>(null);
  /** What the browser does not keep is here. */
  const memory = memoryStore();
  let settle: (store: Store | null) => void;
  const opened = new Promise<Store | null>((resolve) => (settle = resolve));
  /** Which entry an experiment is, once it is one. */
  const idOf = new WeakMap<Experiment, number>();
  /** The experiments that are entries, or are to be. */
  const known = new WeakSet<Experiment>();
  /** One after another, so that none is read before it is written. */
  let work: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = work.then(task);
    work = done.catch(() => undefined);
    return done;
  };

  /** The entries in the database or in memory, even those about to go. */
  let stored: readonly number[] = [];
  /** The highest ever given. */
  let newest = { id: 0, number: 0 };

  const note = (added: readonly Entry[]): void => {
    stored = [...stored, ...added.map(({ id }) => id)];
    newest = {
      id: Math.max(newest.id, ...added.map(({ id }) => id)),
      number: Math.max(newest.number, ...added.map(({ number }) => number)),
    };
  };

  /** Keeps an entry, and lists it once it is kept. */
  const add = async (record: Stored, contents: Contents): Promise<void> => {
    const entry = readEntry(record, study);
    if (!entry) return; // it could not be read again
    note([entry]);
    const all = newestFirst([...entries.peek(), entry]);
    const kept = all.slice(0, MOST_EXPERIMENTS);
    const ids = new Set(kept.map(({ id }) => id));
    const old = stored.filter((id) => !ids.has(id));
    const store = await opened;
    try {
      if (!store) throw new Error("The browser keeps nothing.");
      await store.add(record, contents, old);
    } catch {
      await memory.add(record, contents, old);
      storage.value = store ? "full" : "refused";
    }
    stored = [...ids];
    const gone = all[MOST_EXPERIMENTS];
    batch(() => {
      entries.value = kept;
      if (gone) last.value = { type: "let go", entry: gone };
    });
  };

  /** An experiment that ends is kept, unless it came from here. */
  effect(() => {
    const phase = training.phase.value;
    if (phase.type !== "finished" || training.experiment.value !== phase.experiment) return;
    const { experiment, stoppedAfter } = phase;
    if (known.has(experiment)) return;
    const findings = study.findings();
    if (findings.epoch === 0) return;
    const isStopped = stoppedAfter !== null;
    const record = recordOf({ experiment, isStopped, findings }, study, snapshots);
    if (!record) return;
    known.add(experiment);
    void inTurn(async () => {
      await opened;
      const id = newest.id < LAST_MOMENT ? Math.max(Date.now(), newest.id + 1) : Date.now();
      idOf.set(experiment, id);
      await add({ ...record.entry, id, number: newest.number + 1 }, { ...record.contents, id });
    });
  });

  const contentsOf = (entry: Entry): Promise<Contents | null> =>
    inTurn(async () => {
      const store = await opened;
      try {
        const found = (await memory.contents(entry.id)) ?? (await store?.contents(entry.id));
        return readContents(found, entry);
      } catch {
        return null;
      }
    });

  /** An entry's contents; if unreadable, null, and reported. */
  const open = async (entry: Entry): Promise<Contents | null> => {
    const contents = await contentsOf(entry);
    if (!contents) last.value = { type: "unreadable", entry };
    return contents;
  };

  const restore = (entry: Entry, contents: Contents): void => {
    const experiment = experimentOf(entry);
    known.add(experiment);
    idOf.set(experiment, entry.id);
    const stoppedAfter = entry.isStopped ? entry.epoch : null;
    try {
      batch(() => {
        settings.take(entry.hash);
        training.restore(experiment, stoppedAfter, () =>
          bringBack(entry, contents, study, snapshots),
        );
        last.value = { type: "shown", entry };
      });
    } catch {
      training.reset();
      last.value = { type: "unreadable", entry };
    }
  };

  return {
    /** The newest first. */
    entries: entries as ReadonlySignal<readonly Entry[]>,
    /** Whether the browser keeps them for the next visit. */
    storage: storage as ReadonlySignal<Storing>,
    /** How many that are stored cannot be read. */
    unreadable: computed(() => foreign.value.length),
    overlaid: overlaid as ReadonlySignal<readonly Overlay[]>,
    last: last as ReadonlySignal<LogEvent>,
    /** Whether what was deleted last can be brought back. */
    canReturn: computed(() => deleted.value !== null),
    /** The entry that the page shows; null where it shows none. */
    shown: computed(() => {
      const { value: experiment } = training.experiment;
      void entries.value;
      return (experiment && idOf.get(experiment)) ?? null;
    }),

    /** Lists what the browser has, and keeps all that comes there. Never rejects. */
    async open(database: () => Promise<Store>): Promise<void> {
      try {
        const store = await inTime(database());
        const found = await store.read();
        const read = found.map(({ key, value }) => ({ key, entry: readEntry(value, study) }));
        const readable = numbered(read.flatMap(({ entry }) => entry ?? []));
        note(readable);
        batch(() => {
          foreign.value = read.filter(({ entry }) => !entry).map(({ key }) => key);
          entries.value = newestFirst(readable).slice(0, MOST_EXPERIMENTS);
          storage.value = "kept";
        });
        settle(store);
      } catch {
        storage.value = "refused";
        settle(null);
      }
    },

    /** Shows an experiment as it was when it ended, with its settings; not while one trains. */
    async show(entry: Entry): Promise<void> {
      const contents = await open(entry);
      if (!contents) return;
      await images.want(entry.digits).catch(() => undefined); // what needs them stays empty
      if (training.isActive.peek()) {
        last.value = { type: "busy", entry };
        return;
      }
      const count = images.count("train", [...entry.digits]);
      const isSame = count === 0 || count === entry.trainingImages + entry.validationImages;
      if (isSame) restore(entry, contents);
      else last.value = { type: "other images", entry };
    },

    /** Draws an experiment's curves beside those shown, or removes them. */
    async overlay(entry: Entry, isDrawn: boolean): Promise<void> {
      const others = (): Overlay[] => overlaid.peek().filter((one) => one.entry.id !== entry.id);
      if (!isDrawn) {
        overlaid.value = others();
        return;
      }
      const contents = await open(entry);
      if (!contents) return;
      overlaid.value = [...others(), { entry, contents }];
      last.value = { type: "drawn", entry };
    },

    async remove(entry: Entry): Promise<void> {
      const contents = await contentsOf(entry);
      await removeKeys([entry.id]);
      stored = stored.filter((id) => id !== entry.id);
      batch(() => {
        entries.value = entries.peek().filter(({ id }) => id !== entry.id);
        overlaid.value = overlaid.peek().filter((one) => one.entry.id !== entry.id);
        deleted.value = contents && { entry, contents };
        last.value = { type: "deleted", entry };
      });
    },

    /** Brings back what was deleted last. */
    async bringBack(): Promise<void> {
      const { value: gone } = deleted;
      if (!gone) return;
      deleted.value = null;
      await inTurn(() => add(storedOf(gone.entry), gone.contents));
      last.value = { type: "returned", entry: gone.entry };
    },

    /** Deletes what cannot be read. */
    async removeUnreadable(): Promise<void> {
      await removeKeys(foreign.peek());
      foreign.value = [];
    },

    /** All entries with what they hold; those that cannot be read are left out. */
    async contents(): Promise<readonly Overlay[]> {
      const found: Overlay[] = [];
      for (const entry of entries.peek()) {
        const contents = await contentsOf(entry);
        if (contents) found.push({ entry, contents });
      }
      return found;
    },
  };

  function removeKeys(keys: readonly IDBValidKey[]): Promise<void> {
    return inTurn(async () => {
      await memory.remove(keys);
      const store = await opened;
      await store?.remove(keys).catch(() => undefined); // it is gone for this visit
    });
  }
}

/** WebKit may never answer where the page before was left while it opened the database. */
function inTime(opening: Promise<Store>): Promise<Store> {
  return new Promise((resolve, reject) => {
    opening.then(resolve, reject);
    setTimeout(() => reject(new Error("The browser does not answer.")), PATIENCE);
  });
}

function newestFirst(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => b.id - a.id);
}

/** Two pages that were open at once may have given the same number. */
function numbered(entries: readonly Entry[]): Entry[] {
  let last = 0;
  return newestFirst(entries)
    .reverse()
    .map((entry) => ({ ...entry, number: (last = Math.max(last + 1, entry.number)) }));
}
