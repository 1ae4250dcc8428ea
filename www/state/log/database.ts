// Where the log is kept: in the browser's database, or as long as the page is open.

import type { Contents, Stored } from "./entry.js";

export interface Store {
  /** All entries, as they are: anybody may have written them. */
  read(): Promise<readonly Found[]>;
  contents(id: number): Promise<unknown>;
  /** Adds an entry, and lets others go. */
  add(entry: Stored, contents: Contents, instead: readonly number[]): Promise<void>;
  remove(keys: readonly IDBValidKey[]): Promise<void>;
}

export interface Found {
  readonly key: IDBValidKey;
  readonly value: unknown;
}

/** As long as the page is open. */
export function memoryStore(): Store {
  const kept = new Map<IDBValidKey, { entry: Stored; contents: Contents }>();
  const remove = (keys: readonly IDBValidKey[]): Promise<void> => {
    for (const key of keys) kept.delete(key);
    return Promise.resolve();
  };
  return {
    read: () => Promise.resolve([...kept].map(([key, { entry }]) => ({ key, value: entry }))),
    contents: (id) => Promise.resolve(kept.get(id)?.contents),
    add(entry, contents, instead) {
      kept.set(entry.id, { entry, contents });
      return remove(instead);
    },
    remove,
  };
}

/** What the log shows, and what brings an experiment back, apart: the latter is a thousand times as large. */
const ENTRIES = "entries";
const CONTENTS = "contents";
const VERSION = 1;

/** Named by the page's path, as other pages may share the origin. Rejects where the browser refuses. */
export async function openDatabase(): Promise<Store> {
  let database = await connect();
  // A page that is left may enter the back/forward cache. In WebKit, its open database blocks all later pages.
  addEventListener("pagehide", () => database.close());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void connect().then((again) => (database = again), ignore);
  });
  const both = [ENTRIES, CONTENTS];
  const drop = (transaction: IDBTransaction, keys: readonly IDBValidKey[]): void => {
    for (const store of both) for (const key of keys) transaction.objectStore(store).delete(key);
  };
  return {
    async read() {
      const store = database.transaction(ENTRIES).objectStore(ENTRIES);
      const [keys, values] = await Promise.all([
        resultOf(store.getAllKeys()),
        resultOf<unknown[]>(store.getAll()),
      ]);
      return keys.map((key, at) => ({ key, value: values[at] }));
    },
    // The database may have been closed, which throws synchronously: `async` makes it a rejection.
    async contents(id) {
      return resultOf<unknown>(database.transaction(CONTENTS).objectStore(CONTENTS).get(id));
    },
    async add(entry, contents, instead) {
      const transaction = database.transaction(both, "readwrite");
      transaction.objectStore(ENTRIES).add(entry);
      transaction.objectStore(CONTENTS).add(contents);
      drop(transaction, instead);
      transaction.commit();
      return endOf(transaction);
    },
    async remove(keys) {
      const transaction = database.transaction(both, "readwrite");
      drop(transaction, keys);
      transaction.commit();
      return endOf(transaction);
    },
  };
}

async function connect(): Promise<IDBDatabase> {
  const name = `experiments of ${new URL("./", document.baseURI).pathname}`;
  const opening = indexedDB.open(name, VERSION);
  opening.onupgradeneeded = () => {
    for (const store of [ENTRIES, CONTENTS])
      opening.result.createObjectStore(store, { keyPath: "id" });
  };
  const database = await resultOf(opening);
  // A page of a later build may upgrade it; this one then falls back to memory.
  database.onversionchange = () => database.close();
  return database;
}

/** What was kept is kept; more is not. */
function ignore(): void {}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser refuses."));
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser refuses."));
  });
}
