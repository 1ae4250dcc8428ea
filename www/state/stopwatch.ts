// Time spent on a training, without its pauses.

export class Stopwatch {
  private spent = 0;
  private since: number | null = null;

  start(): void {
    this.since ??= performance.now();
  }

  pause(): void {
    this.spent = this.milliseconds;
    this.since = null;
  }

  get milliseconds(): number {
    return this.spent + (this.since === null ? 0 : performance.now() - this.since);
  }

  get seconds(): number {
    return this.milliseconds / 1000;
  }
}
