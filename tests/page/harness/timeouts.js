// How long the tests wait, in ms. Nothing is measured by these: they end what hangs.

/** For what the page does, also on a machine that is shared. `LONG_MS=20000` fails sooner. */
export const LONG = Number(process.env.LONG_MS ?? 180_000);

/** For a script that a driver runs, which may itself wait for several things. */
export const SCRIPT = 1_200_000;
