import { isPassing, isProblem } from "../api/client";
import { pauseAfter } from "../api/pause";

/** Why something is still on its way: the service has too much to do, or does not answer. */
export type Delay = "busy" | "silent";

export interface OutboxView {
  sending: number;
  /** Of what is being sent, the latest reason why it has to be sent again. */
  delay: Delay | null;
}

/** What must arrive: sent in the background, again and again while the service is busy or out of reach. It is no mutation
 *  of the query client, since those stop while nobody sees the tab, and the time of the lease goes on. */
export class Outbox {
  private readonly listeners = new Set<() => void>();
  private readonly underway = new Map<Promise<unknown>, Delay | null>();
  private view: OutboxView = { sending: 0, delay: null };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): OutboxView => this.view;

  /** Answers as the call does when it succeeds, or fails for good. */
  send<T>(call: () => Promise<T>): Promise<T> {
    const sent = this.insist(call, (delay) => this.note(settled, delay));
    const settled = sent
      .catch(() => undefined)
      .finally(() => {
        this.underway.delete(settled);
        this.show();
      });
    this.note(settled, null);
    return sent;
  }

  async empty(): Promise<void> {
    while (this.underway.size > 0) await Promise.all(this.underway.keys());
  }

  private async insist<T>(call: () => Promise<T>, onDelay: (delay: Delay) => void): Promise<T> {
    for (let failures = 0; ; failures += 1) {
      try {
        return await call();
      } catch (error) {
        if (!isPassing(error)) throw error;
        onDelay(isProblem(error, 0) ? "silent" : "busy");
        await new Promise((resume) => setTimeout(resume, pauseAfter(error, failures)));
      }
    }
  }

  private note(settled: Promise<unknown>, delay: Delay | null): void {
    this.underway.set(settled, delay);
    this.show();
  }

  private show(): void {
    const delays = [...this.underway.values()];
    this.view = { sending: delays.length, delay: delays.findLast((delay) => delay !== null) ?? null };
    for (const listener of this.listeners) listener();
  }
}
