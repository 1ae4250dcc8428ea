// Errors in words.

/** What an error says, in one line: some browsers write several. */
export function sentenceOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.replace(/\s+/g, " ").replace(/ ?\.$/, ".").trim();
}

/** Without its full stop, to be quoted within a sentence. */
export function clause(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
