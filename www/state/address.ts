// Where the settings stand between visits: in the address's hash, and in the browser's storage.

/** What the settings ask of it. */
export interface Address {
  /** The settings that the page is opened with: the address's, or else the last visit's. Empty without either. */
  read(): string;
  /** Puts settings into the address, without a step in the history, and keeps them for the next visit. */
  write(hash: string): void;
  /** Calls with the address's settings when they change. */
  follow(take: (hash: string) => void): void;
}

/** The browser's. */
export const address: Address = {
  read: () => hashOfAddress() || kept() || "",
  write(hash) {
    try {
      localStorage.setItem(key(), hash);
    } catch {
      // Storage is refused or full: the next visit begins afresh.
    }
    try {
      if (location.hash !== `#${hash}`) history.replaceState(null, "", `#${hash}`);
    } catch {
      // The address changes too often for the browser's taste: the settings hold all the same.
    }
  },
  follow(take) {
    addEventListener("hashchange", () => take(hashOfAddress()));
  },
};

/** The address's hash, unless it points to a part of the page, as the link to the pad does. */
function hashOfAddress(): string {
  const hash = location.hash.slice(1);
  return document.getElementById(hash) ? "" : hash;
}

/** Those of the last visit. */
function kept(): string | null {
  try {
    return localStorage.getItem(key());
  } catch {
    return null; // storage is refused
  }
}

/** The name under which they are kept; it tells the page's place: other pages may share the origin. */
function key(): string {
  return `settings of ${new URL("./", document.baseURI).pathname}`;
}
