// The networks.

/** In the order in which they are shown. @type {readonly import("./messages.d.ts").ModelKind[]} */
export const KINDS = ["custom", "dense", "control"];
