// Hands the visitor a file.

export function save(name: string, file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Not at once: the browser fetches it after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
