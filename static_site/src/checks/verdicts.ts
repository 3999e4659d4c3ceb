import { isProblem } from "../api/client";
import { pause, pauseAfter } from "../api/pause";
import type { Verdict, VerdictWord } from "../api/types";
import { VERDICTS } from "../outbox/outbox";
import type { BrowserStore } from "../parts/browserStore";

/** So long verdicts are gathered before they are sent; what is taken back meanwhile is never sent. */
export const GATHER_MS = 2_000;
/** As soon as so many are there, they are sent. */
const ENOUGH = 25;
/** As many as one call takes. */
export const MOST_AT_ONCE = 100;

/** isKnown: the service may know of a verdict on this image. */
interface Kept {
  turn: number;
  isKnown: boolean;
  said: Verdict;
}

export interface VerdictsView {
  /** What is yet to be sent, in its order: one verdict an image. */
  waiting: readonly Verdict[];
  /** What the service has saved since this page was opened, by `keyOf`; null: it was taken back. */
  saved: ReadonlyMap<string, VerdictWord | null>;
  /** Why it has to be sent again: the service has too much to do, or does not answer. */
  delay: "busy" | "silent" | null;
  /** Whether what is yet to be sent survives this tab. */
  isKept: boolean;
}

export interface VerdictsOptions {
  user: string;
  projectId: string;
  checkId: string;
  store: Pick<BrowserStore, "get" | "set" | "remove" | "isKept">;
  /** Gives the ids of the images of which nothing was saved. */
  deliver: (verdicts: readonly Verdict[]) => Promise<readonly string[]>;
  /** Runs something while no other tab runs it. */
  alone: (run: () => Promise<void>) => Promise<void>;
  /** These cannot be, as others have labeled the images since; called while they are still on their way. */
  onStale: (verdicts: readonly Verdict[]) => void;
  /** The service will never take so many. */
  onRefused: (count: number, error: unknown) => void;
}

/** An image as it was labeled when it was drawn. */
export const keyOf = ({ id, labeledAt }: Pick<Verdict, "id" | "labeledAt">): string => `${id}|${labeledAt}`;

export const storeKey = (user: string, projectId: string, checkId = ""): string =>
  `${VERDICTS}${encodeURIComponent(user)}:${projectId}:${checkId}`;

function parse(written: string | null): Kept[] {
  try {
    const kept: unknown = JSON.parse(written ?? "[]");
    return Array.isArray(kept) ? (kept as Kept[]) : [];
  } catch {
    return [];
  }
}

/** What was said last of an image here; undefined = only the service may know of something. */
export function saidIn({ waiting, saved }: VerdictsView, image: Pick<Verdict, "id" | "labeledAt">): VerdictWord | null | undefined {
  const own = waiting.find((one) => keyOf(one) === keyOf(image));
  return own ? own.verdict : saved.get(keyOf(image));
}

const bare = ({ said }: Kept): Verdict => said;

/** The verdicts of one check that are on their way. Each is written down in the browser at once; they are sent in their
 *  order, some at a time, again and again, so that judging waits for nothing and loses nothing. */
export class Verdicts {
  private readonly options: VerdictsOptions;
  private readonly key: string;
  private readonly listeners = new Set<() => void>();
  private readonly saved = new Map<string, VerdictWord | null>();
  private view: VerdictsView = { waiting: [], saved: new Map(), delay: null, isKept: true };
  private delay: VerdictsView["delay"] = null;
  private turn = 0;
  /** What is to be sent without waiting for more: all up to this turn. */
  private upTo = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private resting = new AbortController();

  constructor(options: VerdictsOptions) {
    this.options = options;
    this.key = storeKey(options.user, options.projectId, options.checkId);
    this.refresh();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): VerdictsView => this.view;

  add(verdict: Verdict): void {
    const all = this.read();
    const before = all.find(({ said }) => keyOf(said) === keyOf(verdict));
    const others = all.filter((one) => one !== before);
    const isTakenBack = verdict.verdict === null;
    const isKnown = before ? before.isKnown : isTakenBack || this.saved.has(keyOf(verdict));
    this.turn = Math.max(this.turn, all.at(-1)?.turn ?? 0) + 1;
    // What nobody else knows of is taken back without a call.
    this.write(isTakenBack && !isKnown ? others : [...others, { turn: this.turn, isKnown, said: verdict }]);
    if (this.view.waiting.length >= ENOUGH) void this.flush();
    else this.gather();
  }

  /** Sends what there is, without waiting for more. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.upTo = this.read().at(-1)?.turn ?? this.upTo;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  /** Something that may have ended a silence has happened. A busy service is left in peace. */
  wake(): void {
    if (this.delay !== "busy") this.resting.abort();
    if (this.view.waiting.length > 0) void this.flush();
  }

  /** Another tab may have changed what the browser keeps. */
  readonly refresh = (): void => {
    const kept = this.read();
    if (kept.length === 0) this.delay = null;
    this.view = {
      waiting: kept.map(bare),
      saved: new Map(this.saved),
      delay: this.delay,
      isKept: kept.length === 0 || this.options.store.isKept(this.key),
    };
    for (const listener of this.listeners) listener();
  };

  private read(): Kept[] {
    return parse(this.options.store.get(this.key));
  }

  private write(kept: readonly Kept[]): void {
    if (kept.length > 0) this.options.store.set(this.key, JSON.stringify(kept));
    else this.options.store.remove(this.key);
    this.refresh();
  }

  private gather(): void {
    if (this.view.waiting.length > 0) this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  private async run(): Promise<void> {
    let failures = 0;
    while ((this.read()[0]?.turn ?? Infinity) <= this.upTo) {
      try {
        await this.options.alone(() => this.sendSome());
        failures = 0;
        this.delay = null;
      } catch (error) {
        // Whoever signs in next goes on.
        if (isProblem(error, 401)) return;
        this.delay = isProblem(error) && error.busy ? "busy" : "silent";
        this.refresh();
        this.resting = new AbortController();
        await pause(pauseAfter(error, failures), this.resting.signal);
        failures += 1;
      }
    }
    this.refresh();
    this.gather();
  }

  private async sendSome(): Promise<void> {
    const kept = this.read();
    const some = kept.slice(0, MOST_AT_ONCE);
    if (some.length === 0) return;
    this.write(kept.map((one) => (some.includes(one) ? { ...one, isKnown: true } : one)));
    await this.send(some);
  }

  private async send(some: readonly Kept[]): Promise<void> {
    try {
      const verdicts = some.map(bare);
      const stale = await this.options.deliver(verdicts);
      for (const one of verdicts) if (!stale.includes(one.id)) this.saved.set(keyOf(one), one.verdict);
      if (stale.length > 0) this.options.onStale(verdicts.filter(({ id }) => stale.includes(id)));
      this.drop(some);
    } catch (error) {
      if (!isProblem(error) || error.passing || error.status === 401) throw error;
      // One that cannot be taken keeps the others from nothing.
      if (some.length > 1 && error.status === 422) {
        for (const one of some) await this.send([one]);
        return;
      }
      this.drop(some);
      this.options.onRefused(some.length, error);
    }
  }

  /** Those that are done with; what was said anew meanwhile stays. */
  private drop(some: readonly Kept[]): void {
    const nameOf = ({ said, turn }: Kept) => `${keyOf(said)}|${turn}`;
    const done = new Set(some.map(nameOf));
    this.write(this.read().filter((one) => !done.has(nameOf(one))));
  }
}
