// Tables, in Markdown.

const shown = (value) => (typeof value === "number" ? Number(value.toPrecision(3)).toString() : (value ?? "–"));

/**
 * A table of rows that have the same columns.
 * @param {Record<string, string | number | null>[]} rows
 */
export function table(rows) {
  const names = Object.keys(rows[0]);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const lines = rows.map((row) => line(names.map((name) => shown(row[name]))));
  return [line(names), line(names.map(() => "---")), ...lines].join("\n");
}

/**
 * A row for each figure, a column for each that was measured; figures that another has lack in some.
 * @param {Record<string, Record<string, number | null>>} results
 */
export function figureTable(results) {
  const figures = new Set(Object.values(results).flatMap(Object.keys));
  return table([...figures].map((figure) => ({
    " ": figure,
    ...Object.fromEntries(Object.entries(results).map(([name, of]) => [name, of[figure]])),
  })));
}
