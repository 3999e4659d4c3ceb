import { isBusy, isProblem } from "../api/client";
import { serverNow } from "../api/clock";
import { pauseAfter } from "../api/pause";
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
  /** Called with each lease that comes in, so that its pictures can be loaded before they are shown. */
  onTaken: (lease: Lease, count: number) => void;
  /** Called each time that there is nothing to label, so that the figures that tell why are as fresh. */
  onNothing: () => void;
  /** The page that shows what is to be labeled next of a lease, with so many images at most. */
  open: (lease: Lease, count: number) => Lease;
  /** Whether a lease has labels that would be lost if it were given back. */
  isStarted: (leaseId: string) => boolean;
  /** Whether the page can be seen: one in the background takes no images. */
  isSeen: () => boolean;
}

export type Idle =
  | { kind: "opening" }
  /** awaiting: how many images have this labeler's opinion, and wait for those of others. */
  | { kind: "nothing"; others: number; nextFreeAt: string | null; awaiting: number }
  | { kind: "paused" }
  | { kind: "busy" }
  | { kind: "away" }
  | { kind: "gone" }
  | { kind: "trouble"; error: unknown };

export interface DeskView {
  /** What is held, or why there is nothing. */
  lease: Lease | null;
  /** The images on screen: all of the lease, or a part of it in a smaller layout. Its id is that of its draft. */
  page: Lease | null;
  idle: Idle;
}

const OPENING: Idle = { kind: "opening" };
const AGAIN_MS = 2_000;
const AGAIN_GROWTH = 1.5;
const AGAIN_AT_MOST_MS = 15_000;
/** No waiting page asks more often, and those that wait for the same lease do not all ask in the same moment. */
const SPREAD_MS = 1_000;

function idleFor(error: unknown): Idle {
  if (isProblem(error, 409) && error.kind === "paused") return { kind: "paused" };
  return isBusy(error) ? { kind: "busy" } : { kind: "trouble", error };
}

/** When to ask again where there was nothing: less and less often, but at once when a lease of others ends. */
function pauseUntil(nextFreeAt: string | null, asked: number): number {
  const usual = Math.min(AGAIN_MS * AGAIN_GROWTH ** asked, AGAIN_AT_MOST_MS);
  const free = nextFreeAt === null ? Infinity : Math.max(Date.parse(nextFreeAt) - serverNow(), 0);
  return Math.min(usual, free + SPREAD_MS * (1 + Math.random()));
}

/** Keeps one lease on screen and one fetched ahead. Lives outside of React: what it does hangs on answers and time, not on what is drawn. */
export class Desk {
  private readonly options: DeskOptions;
  private readonly listeners = new Set<() => void>();
  private view: DeskView = { lease: null, page: null, idle: OPENING };
  private count: number;
  private ahead: Lease | null = null;
  private nothingAhead = false;
  /** How often was asked in a row without getting a lease. */
  private misses = 0;
  private taking = false;
  /** What was submitted since the server was asked for a lease: another tab's page may be answered. */
  private readonly meanwhile = new Set<string>();
  private open = false;
  private away = false;
  /** The project is not there for this person any more. */
  private gone = false;
  /** False while the lease on screen came by itself, after a wait, and nobody has stirred since. */
  private attended = true;
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
    this.away = false;
    this.gone = false;
    this.attended = true;
    this.misses = 0;
    this.session += 1;
    this.show(null, OPENING);
    void this.pump();
  }

  /** Gives back what is held, but for a started page, which a return finds again. */
  stop(): void {
    this.open = false;
    this.drop();
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** From now on pages have `count` images at most. The images of a started lease stay, and so do their labels. */
  restart(count: number): void {
    this.count = count;
    this.drop();
    this.turn();
    void this.pump();
  }

  /** Goes on to what is left to label of the lease on screen. */
  turn(): void {
    const { lease } = this.view;
    if (lease) this.put({ lease, page: this.options.open(lease, this.count), idle: OPENING });
  }

  /** These leases are on their way to the server: where one is on screen, the next one is shown at once. */
  submitted(leaseIds: readonly string[]): void {
    for (const leaseId of leaseIds) this.meanwhile.add(leaseId);
    if (this.ahead && leaseIds.includes(this.ahead.id)) this.ahead = null;
    if (!this.view.lease || !leaseIds.includes(this.view.lease.id)) return;
    this.nothingAhead = false;
    this.misses = 0;
    this.showNext();
    void this.pump();
  }

  /** Nobody has worked for long: what is not started goes back, and nothing is taken until somebody stirs. */
  rest(): void {
    if (!this.open || this.away || this.gone) return;
    this.away = true;
    this.drop();
    if (this.view.lease === null) this.show(null, { kind: "away" });
  }

  /** The project is not there for this person any more: all that is held is lost, and nothing is asked for. */
  lose(): void {
    this.gone = true;
    this.session += 1;
    this.ahead = null;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.show(null, { kind: "gone" });
  }

  /** Somebody is at the page. */
  stir(): void {
    if (this.attended && !this.away) return;
    this.attended = true;
    this.away = false;
    if (this.view.idle.kind === "away") this.show(null, OPENING);
    void this.pump();
  }

  /** The page can be seen again: a wait begins anew. */
  seen(): void {
    if (this.view.lease === null) this.misses = 0;
    void this.pump();
  }

  /** Answers whether the lease on screen is prolonged. */
  async renew(): Promise<boolean> {
    const { lease } = this.view;
    if (this.ahead) this.options.calls.renew(this.ahead.id).catch(() => undefined);
    if (!lease) return true;
    const expiresAt = await this.options.calls.renew(lease.id).catch(() => null);
    if (expiresAt === null) return false;
    if (this.view.lease?.id === lease.id) this.put({ ...this.view, lease: { ...lease, expiresAt } });
    return true;
  }

  readonly pump = async (): Promise<void> => {
    if (this.taking || !this.wants()) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.taking = true;
    this.meanwhile.clear();
    const session = this.session;
    try {
      const taken = await this.options.calls.take(this.count, this.view.lease ? [this.view.lease.id] : []);
      if (session !== this.session) this.decline(taken);
      else if (taken.id === null || !this.meanwhile.has(taken.id)) this.received(taken);
    } catch (error) {
      if (session === this.session) this.failed(error);
    } finally {
      this.taking = false;
    }
    if (this.timer === undefined) void this.pump();
  };

  private wants(): boolean {
    if (!this.open || this.away || this.gone || !this.options.isSeen()) return false;
    return this.view.lease === null || (this.attended && this.ahead === null && !this.nothingAhead);
  }

  private decline(taken: Lease | NoLease): void {
    if (taken.id !== null) this.giveBack(taken.id);
  }

  private received(taken: Lease | NoLease): void {
    if (taken.id !== null) {
      this.misses = 0;
      this.options.onTaken(taken, this.count);
      this.ahead = taken;
      if (this.view.lease === null) {
        this.attended = this.view.idle.kind === "opening";
        this.showNext();
      }
      return;
    }
    const nextFreeAt = taken.nextFreeAt ?? null;
    if (this.view.lease === null) {
      this.show(null, { kind: "nothing", others: taken.leasedByOthers, nextFreeAt, awaiting: taken.awaitingOthers });
      this.options.onNothing();
      this.later(pauseUntil(nextFreeAt, this.misses));
    } else {
      this.nothingAhead = true;
      this.later(AGAIN_AT_MOST_MS);
    }
    this.misses += 1;
  }

  private failed(error: unknown): void {
    if (isProblem(error, 404)) return this.lose();
    if (this.view.lease === null) this.show(null, idleFor(error));
    this.later(pauseAfter(error, this.misses));
    this.misses += 1;
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
    this.put({ lease, page: lease && this.options.open(lease, this.count), idle });
  }

  private put(view: DeskView): void {
    this.view = view;
    for (const listener of this.listeners) listener();
  }
}
