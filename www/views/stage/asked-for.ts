import type { App } from "../../state/app.js";

/** The digits that the visitor is asked for: those that the networks know, or are to learn. */
export function askedFor({ networks, settings }: App): readonly number[] {
  const known = networks.list.value.find(({ digits }) => digits.length > 0)?.digits;
  return known ?? settings.digits.value;
}
