// Where the settings stand between visits: in the address's hash, and in the browser's storage. Beside them, the hash
// may say which parts of the page are to be seen.

/** What the settings ask of it. */
export interface Address {
  /** The settings that the page is opened with: the address's, or else the last visit's. Empty without either. */
  read(): string;
  /** Puts settings into the address, without a step in the history, and keeps them for the next visit. */
  write(hash: string): void;
  /** Calls with the address's settings when they change. */
  follow(take: (hash: string) => void): void;
  /** What stands after `view=` in the hash, or else in the query; null where that is in neither. */
  view(): string | null;
}

/** Prefix of the parts to show, in the hash or the query. */
const VIEW = "view=";

/** The browser's. */
export const address: Address = {
  read: () => hashOfAddress() || kept() || "",
  write(hash) {
    keep(hash);
    const view = partsOf(location.hash).filter(isView);
    const whole = `#${[hash, ...view].join("&")}`;
    try {
      if (location.hash !== whole) history.replaceState(null, "", whole);
    } catch {
      // The address changes too often for the browser's taste: the settings hold all the same.
    }
  },
  follow(take) {
    addEventListener("hashchange", () => take(hashOfAddress()));
  },
  view() {
    const found = [...partsOf(location.hash), ...partsOf(location.search)].find(isView);
    return found === undefined ? null : decoded(found.slice(VIEW.length));
  },
};

const partsOf = (text: string): string[] => text.replace(/^[#?]/, "").split("&");
const isView = (part: string): boolean => part.startsWith(VIEW);

/** `%2C` and its like, which some programs put into addresses that they pass on. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The settings in the hash, unless it points to a part of the page, as the link to the pad does. */
function hashOfAddress(): string {
  const hash = location.hash.slice(1);
  if (document.getElementById(hash)) return "";
  return partsOf(hash)
    .filter((part) => !isView(part))
    .join("&");
}

/** For the next visit, unless this is a slide or a frame, which is none. */
function keep(hash: string): void {
  if (address.view() !== null) return;
  try {
    localStorage.setItem(key(), hash);
  } catch {
    // Storage is refused or full: the next visit begins afresh.
  }
}

/** Those of the last visit. A slide or a frame shows the same to everybody. */
function kept(): string | null {
  if (address.view() !== null) return null;
  try {
    return localStorage.getItem(key());
  } catch {
    return null; // storage is refused
  }
}

/** The storage key; it has the page's path, as other pages may share the origin. */
function key(): string {
  return `settings of ${new URL("./", document.baseURI).pathname}`;
}
