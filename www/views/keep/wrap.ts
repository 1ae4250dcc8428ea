// Text in lines, on a canvas.

/** Breaks a text into lines no wider than `width`; of more than `most`, the last ends in an ellipsis. A word that is too long by itself is broken. */
export function wrap(
  text: string,
  width: number,
  most: number,
  widthOf: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let line = "";
  const words = text.split(" ").filter((word) => word !== "");
  for (const word of words.flatMap((one) => pieces(one, width, widthOf))) {
    const longer = line === "" ? word.text : `${line}${word.joins ? "" : " "}${word.text}`;
    if (line !== "" && widthOf(longer) > width) {
      lines.push(line);
      line = word.text;
    } else line = longer;
  }
  if (line !== "") lines.push(line);
  if (lines.length <= most) return lines;
  let last = lines[most - 1] ?? "";
  while (last !== "" && widthOf(`${last}…`) > width) last = last.slice(0, -1);
  return [...lines.slice(0, most - 1), `${last}…`];
}

interface Piece {
  readonly text: string;
  /** Whether it goes on the word before it. */
  readonly joins: boolean;
}

function pieces(word: string, width: number, widthOf: (text: string) => number): Piece[] {
  const all: Piece[] = [];
  let rest = word;
  while (widthOf(rest) > width && rest.length > 1) {
    let length = rest.length - 1;
    while (length > 1 && widthOf(rest.slice(0, length)) > width) length -= 1;
    all.push({ text: rest.slice(0, length), joins: all.length > 0 });
    rest = rest.slice(length);
  }
  return [...all, { text: rest, joins: all.length > 0 }];
}
