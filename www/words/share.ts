// What is said where the experiment is kept and shared, and where only parts of the page are shown.

import { counted, list } from "../views/numbers.js";

export const KEEP_TITLE = "Keep it, share it";
export const SHARE_HINT =
  "Open the link and train: the same numbers, bit by bit. The picture shows drawing, answers and verdict.";

/** What the link is to. */
export type Linked =
  | { readonly type: "settings" }
  | { readonly type: "run" }
  /** Stop was pressed after so many epochs, which is what the link asks for. */
  | { readonly type: "stopped"; readonly epochs: number };

export function copiedText(linked: Linked): string {
  switch (linked.type) {
    case "settings":
      return "The link is copied. It opens the page with these settings.";
    case "run":
      return "The link is copied. Training there gives this run again, with the same numbers.";
    case "stopped":
      return `The link is copied. It asks for the ${counted(linked.epochs, "epoch")} that this run has, which come with the same numbers.`;
  }
}

/** Where the clipboard is refused. */
export function notCopiedText(link: string): string {
  return `The browser would not copy it. The link is: ${link}`;
}

export const SHARED = "The picture is handed over.";

/** Before the link in the picture. */
export const SEE_FOR_YOURSELF = "See for yourself:";

// ---- On paper

/** Before the link. */
export const SAME_AGAIN = "The same numbers again:";
export const NOTES = "Notes";

// ---- Parts of the page

export const PART_OF_PAGE = "This is a part of a page.";
export const WHOLE_PAGE = "Open the whole page";

/** Of what is no part; the rest are counted. */
const MOST_NAMED = 3;

/** `unknown` are names of no part; `isWhole` where the page is shown whole instead. */
export function viewProblem(
  unknown: readonly string[],
  parts: readonly string[],
  isWhole: boolean,
): string {
  const quoted = list(unknown.slice(0, MOST_NAMED).map((name) => `“${shortened(name)}”`));
  const others = unknown.length > MOST_NAMED ? ` and ${unknown.length - MOST_NAMED} more` : "";
  const wrong =
    unknown.length === 0
      ? "“view=” names no part of this page."
      : `“view=” names ${quoted}${others}, which ${unknown.length === 1 ? "is no part" : "are no parts"} of this page.`;
  const instead = isWhole ? "The whole page is shown." : "The others are shown.";
  return `${wrong} Its parts are ${list(parts)}. ${instead}`;
}

function shortened(name: string): string {
  return name.length > 20 ? `${name.slice(0, 20)}…` : name;
}
