import { isPassing } from "../api/client";
import { pauseAfter } from "../api/pause";

export interface ErrandsView {
  underway: number;
  isDelayed: boolean;
}

/** Calls that are made again and again while the service is busy or out of reach, as long as this tab is open. */
export class Errands {
  private readonly listeners = new Set<() => void>();
  /** Whether each of them had to be made again. */
  private readonly underway = new Map<Promise<unknown>, boolean>();
  private view: ErrandsView = { underway: 0, isDelayed: false };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): ErrandsView => this.view;

  /** Answers as the call does when it succeeds, or fails for good. */
  run<T>(call: () => Promise<T>): Promise<T> {
    const done = this.insist(call, () => this.note(settled, true));
    const settled = done
      .catch(() => undefined)
      .finally(() => {
        this.underway.delete(settled);
        this.show();
      });
    this.note(settled, false);
    return done;
  }

  async areDone(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway.keys());
  }

  private async insist<T>(call: () => Promise<T>, onDelay: () => void): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await call();
      } catch (error) {
        if (!isPassing(error)) throw error;
        onDelay();
        await new Promise((resume) => setTimeout(resume, pauseAfter(error, failures)));
      }
    }
  }

  private note(settled: Promise<unknown>, isDelayed: boolean): void {
    this.underway.set(settled, isDelayed);
    this.show();
  }

  private show(): void {
    this.view = { underway: this.underway.size, isDelayed: [...this.underway.values()].includes(true) };
    for (const listener of this.listeners) listener();
  }
}
