// What the core decides by, for words that stand before it is loaded. tests/docs.rs compares each with the core's own.

/** The validation accuracy that a network must reach to count as having learned: src/report/criteria.rs. */
export const LEARNED = 0.98;
/** The least number of seeds from which a leader is named: src/report/confidence_level.rs. */
export const LEAST_SEEDS = 5;
/** Of an interval that stands by itself: src/report/confidence_level.rs. */
export const CONFIDENCE = 0.95;
