// How many workers train at once.

/** What all may take together, in bytes. A phone's browser ends a page sooner. */
const MEMORY = 800e6;
const PHONE_MEMORY = 200e6;
/** The page itself, without images: its own module, snapshots, charts. */
const PAGE = 60e6;
/** A worker without images and networks; with them, as measured for 3, 5 and 10 digits (docs/speed.md). */
const WORKER = 8e6;
/** An image, and where it is not zero, in bytes a pixel. */
const PIXEL = 2;
/** Weights, their gradients, and what autodiff keeps of a batch, in bytes a parameter. */
const PARAMETER = 32;
const MOST_WORKERS = 8;

export interface Machine {
  readonly cores: number;
  readonly isPhone: boolean;
}

/**
 * As many as there are cores, or networks where they are more: one that waited would keep the others' moments from
 * being shown. Not more than jobs, 8, and what memory allows; at least one. `imageBytes` is what the page and each worker
 * hold of images: a byte a pixel.
 */
export function workersFor(
  machine: Machine,
  jobs: number,
  networks: number,
  imageBytes: number,
  parameters: number,
): number {
  const memory = machine.isPhone ? PHONE_MEMORY : MEMORY;
  const worker = WORKER + PIXEL * imageBytes + PARAMETER * parameters;
  const fit = Math.floor((memory - PAGE - imageBytes) / worker);
  return Math.max(1, Math.min(Math.max(machine.cores, networks), jobs, MOST_WORKERS, fit));
}

/** This machine, as far as the browser tells. */
export function thisMachine(): Machine {
  const hasFinger = matchMedia("(pointer: coarse)").matches;
  const isPhone = hasFinger && Math.min(screen.width, screen.height) < 600;
  return { cores: navigator.hardwareConcurrency, isPhone };
}
