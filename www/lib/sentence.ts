// Errors in words.

/** What an error says. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Without its full stop, to be quoted within a sentence. */
export function clause(sentence: string): string {
  return sentence.replace(/\.$/, "");
}
