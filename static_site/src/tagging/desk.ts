import type { Lease, NoLease } from "../api/types";

/** What the desk needs of the server. */
export interface LeaseCalls {
  /** Waits for submissions and returns that are on their way, else the server would hand out those leases again. */
  take: (count: number, holding: string[]) => Promise<Lease | NoLease>;
  /** Answers until when. */
  renew: (leaseId: string) => Promise<string>;
  giveBack: (leaseId: string) => Promise<void>;
}

export interface DeskOptions {
  calls: LeaseCalls;
  count: number;
  isPaused: (error: unknown) => boolean;
  /** Called with each lease that comes in, so that its pictures can be loaded before they are shown. */
  onTaken: (lease: Lease) => void;
  /** Whether a lease has tags that would be lost if it were given back. */
  isStarted: (leaseId: string) => boolean;
}

export type Idle =
  | { kind: "opening" }
  | { kind: "nothing"; others: number; nextFreeAt: string | null }
  | { kind: "paused" }
  | { kind: "trouble"; error: unknown };

export interface DeskView {
  /** The images on screen, or why there are none. */
  lease: Lease | null;
  idle: Idle;
}

const OPENING: Idle = { kind: "opening" };
const AGAIN_MS = 2_000;
const AHEAD_AGAIN_MS = 15_000;

/** Keeps one lease on screen and one fetched ahead. Lives outside of React: what it does hangs on answers and time, not on what is drawn. */
export class LeaseDesk {
  private readonly options: DeskOptions;
  private readonly listeners = new Set<() => void>();
  private view: DeskView = { lease: null, idle: OPENING };
  private count: number;
  private ahead: Lease | null = null;
  private nothingAhead = false;
  private taking = false;
  private open = false;
  /** What was asked for in an earlier session is given back when it comes. */
  private session = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DeskOptions) {
    this.options = options;
    this.count = options.count;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): DeskView => this.view;

  start(): void {
    this.open = true;
    this.session += 1;
    this.show(null, OPENING);
    void this.pump();
  }

  /** Gives back what is held, but for a started page, which a return finds again. */
  stop(): void {
    this.open = false;
    this.drop();
    clearTimeout(this.timer);
  }

  /** From now on pages have `count` images; a started page stays as it is until it is submitted. */
  restart(count: number): void {
    this.count = count;
    this.drop();
    void this.pump();
  }

  /** The lease on screen is on its way to the server: the next one is shown at once. */
  submitted(): void {
    this.nothingAhead = false;
    this.showNext();
    void this.pump();
  }

  async renew(): Promise<void> {
    const { lease } = this.view;
    if (this.ahead) this.options.calls.renew(this.ahead.id).catch(() => undefined);
    if (!lease) return;
    const expiresAt = await this.options.calls.renew(lease.id).catch(() => lease.expiresAt);
    if (this.view.lease?.id === lease.id) this.show({ ...lease, expiresAt }, OPENING);
  }

  readonly pump = async (): Promise<void> => {
    const wanted = this.view.lease === null || (this.ahead === null && !this.nothingAhead);
    if (!this.open || this.taking || !wanted) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.taking = true;
    const session = this.session;
    try {
      const taken = await this.options.calls.take(this.count, this.view.lease ? [this.view.lease.id] : []);
      if (session === this.session) this.received(taken);
      else if (taken.id !== null) this.giveBack(taken.id);
    } catch (error) {
      if (session === this.session) this.failed(error);
    } finally {
      this.taking = false;
    }
    if (this.timer === undefined) void this.pump();
  };

  private received(taken: Lease | NoLease): void {
    if (taken.id !== null) {
      this.options.onTaken(taken);
      this.ahead = taken;
      if (this.view.lease === null) this.showNext();
    } else if (this.view.lease === null) {
      this.show(null, { kind: "nothing", others: taken.leasedByOthers, nextFreeAt: taken.nextFreeAt ?? null });
      this.later(AGAIN_MS);
    } else {
      this.nothingAhead = true;
      this.later(AHEAD_AGAIN_MS);
    }
  }

  private failed(error: unknown): void {
    if (this.view.lease === null)
      this.show(null, this.options.isPaused(error) ? { kind: "paused" } : { kind: "trouble", error });
    this.later(AGAIN_MS);
  }

  private later(ms: number): void {
    this.timer = setTimeout(() => {
      this.nothingAhead = false;
      void this.pump();
    }, ms);
  }

  private drop(): void {
    const { lease } = this.view;
    this.session += 1;
    this.nothingAhead = false;
    if (this.ahead) this.giveBack(this.ahead.id);
    this.ahead = null;
    if (lease && !this.options.isStarted(lease.id)) {
      this.giveBack(lease.id);
      this.show(null, OPENING);
    }
  }

  private giveBack(leaseId: string): void {
    this.options.calls.giveBack(leaseId).catch(() => undefined);
  }

  private showNext(): void {
    const lease = this.ahead;
    this.ahead = null;
    this.show(lease, OPENING);
  }

  private show(lease: Lease | null, idle: Idle): void {
    this.view = { lease, idle };
    for (const listener of this.listeners) listener();
  }
}
