// How long jobs take on several workers, on paper: each worker that is free takes the next job of the list.

/**
 * @param {number[]} jobs Seconds of each, in the order in which they are taken.
 * @param {number} workers
 */
export function makespan(jobs, workers) {
  const busy = Array(workers).fill(0);
  for (const job of jobs) {
    const next = busy.indexOf(Math.min(...busy));
    busy[next] += job;
  }
  return Math.max(...busy);
}

/**
 * The page's order (`inOrder` in www/state/training.ts): run by run, in each the longest first; but of the last, one for
 * each worker, the longest go first.
 * @param {number[]} networks Seconds of each.
 * @param {number} runs
 * @param {number} workers
 */
export function inOrder(networks, runs, workers) {
  const longestFirst = [...networks].sort((a, b) => b - a);
  const jobs = Array(runs).fill(longestFirst).flat();
  const last = jobs.splice(Math.max(networks.length, jobs.length - workers));
  return [...jobs, ...last.sort((a, b) => b - a)];
}
