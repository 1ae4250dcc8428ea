// What is printed.

import { inflateSync } from "node:zlib";

const STREAM = /stream\r?\n([\s\S]*?)\r?\nendstream/g;

/**
 * How many pages a PDF has. Some browsers write its objects plainly, others pack them.
 * @param {string} base64
 */
export function pagesOf(base64) {
  const text = Buffer.from(base64, "base64").toString("latin1");
  const packed = [...text.matchAll(STREAM)].map(([, stream]) => unpacked(Buffer.from(stream, "latin1")));
  return [text, ...packed].join("\n").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** @param {Buffer} stream */
function unpacked(stream) {
  try {
    return inflateSync(stream).toString("latin1");
  } catch {
    return ""; // a picture or a font that is packed otherwise
  }
}
