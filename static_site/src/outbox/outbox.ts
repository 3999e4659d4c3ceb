import { isProblem } from "../api/client";
import { pause, pauseAfter } from "../api/pause";
import type { BrowserStore } from "../parts/browserStore";
import { contentFrom, type Content, type Refusal, type Sending } from "./sendings";

/** Why something is still on its way: the service has too much to do, or does not answer. */
export type Delay = "busy" | "silent";

/** What is no longer on its way. at: when that was noticed, in this machine's milliseconds. */
export interface Settled {
  sending: Sending;
  at: number;
  /** What the service has refused of it. */
  refusal: Refusal | undefined;
}

export interface OutboxView {
  /** What is to be sent, oldest first. */
  waiting: readonly Sending[];
  /** Why the first of it has to be sent again. */
  delay: Delay | null;
  /** Whether all of it survives this tab. */
  isKept: boolean;
  /** What was refused and is yet to be read. */
  refused: readonly Sending[];
  /** The latest that have arrived or were refused, oldest first. */
  settled: readonly Settled[];
}

export interface OutboxOptions {
  /** Whose it is: what one person has submitted is never sent in the name of another. */
  user: string;
  store: Pick<BrowserStore, "get" | "set" | "remove" | "keys" | "isKept">;
  /** Answers null when it is saved. Throws a Problem when it has to be sent again, and one of 401 when nobody, or
   *  somebody else, is signed in. */
  deliver: (sending: Sending) => Promise<Refusal | null>;
  /** Runs something while no other tab runs it. */
  alone: (run: () => Promise<void>) => Promise<void>;
}

const PREFIX = "outbox:";
const MOST_SETTLED = 50;

/** How the keys of what reviewers say of a check's images begin. */
export const VERDICTS = "verdicts:";

/** Whether something under this key has yet to be sent. */
export const isToBeSent = (key: string): boolean => key.startsWith(PREFIX) || key.startsWith(VERDICTS);

/** Whether a change of this key of the browser's storage is of concern; null = all of it was cleared. */
export const isOfOutbox = (key: string | null): boolean => key === null || key.startsWith(PREFIX);

/** [] for what is gone, and for what is damaged: it cannot be sent by anybody. */
function parse(written: string | null): Sending[] {
  try {
    const sending = JSON.parse(written ?? "null") as Sending | null;
    return sending?.content ? [{ ...sending, content: contentFrom(sending.content) }] : [];
  } catch {
    return [];
  }
}

const readSending = (store: OutboxOptions["store"], key: string): Sending[] => parse(store.get(key));

/** Whether anybody has something to be sent in this browser. */
export const holdsAny = (store: OutboxOptions["store"]): boolean =>
  store.keys(PREFIX).some((key) => readSending(store, key).some((one) => !one.refusal));

/** What must arrive. It is written down in the browser at once, and sent in its order, again and again, by whichever tab
 *  of the same person is open. No mutation of the query client, since those stop while nobody sees the tab, and the time
 *  of the lease goes on. */
export class Outbox {
  readonly user: string;
  private readonly options: OutboxOptions;
  private readonly prefix: string;
  private readonly listeners = new Set<() => void>();
  private view: OutboxView = { waiting: [], delay: null, isKept: true, refused: [], settled: [] };
  private isOpen = false;
  private isRunning = false;
  private delay: Delay | null = null;
  private last = 0;
  private resting = new AbortController();

  constructor(options: OutboxOptions) {
    this.options = options;
    this.user = options.user;
    this.prefix = `${PREFIX}${encodeURIComponent(options.user)}:`;
    this.refresh();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): OutboxView => this.view;

  /** From now on this tab sends, too. */
  start(): void {
    this.isOpen = true;
    this.refresh();
    void this.run();
  }

  stop(): void {
    this.isOpen = false;
    this.resting.abort();
  }

  add(project: { id: string; name: string }, content: Content): void {
    const now = Date.now();
    // A page that came back is no news any more once it is on its way again.
    for (const { key, content: former } of this.view.refused)
      if (former.kind === "page" && content.kind === "page" && former.leaseId === content.leaseId)
        this.options.store.remove(key);
    this.last = Math.max(now, this.last + 1);
    // The random end keeps two tabs apart that submit in the same millisecond.
    const key = `${this.prefix}${this.last}-${Math.random().toString(36).slice(2, 8)}`;
    this.write({ key, projectId: project.id, project: project.name, at: now, content });
    this.wake();
  }

  /** A refusal has been read. */
  acknowledge(key: string): void {
    this.options.store.remove(key);
    this.refresh();
  }

  /** What was refused is sent again, as it was. */
  sendAgain(key: string): void {
    const refused = this.read().find((one) => one.key === key);
    if (!refused) return;
    const { projectId, project, at, content } = refused;
    this.write({ key, projectId, project, at, content });
    this.wake();
  }

  /** Something that may have ended a silence has happened, so it is tried at once. A busy service is left in peace. */
  wake(): void {
    if (this.delay !== "busy") this.resting.abort();
    void this.run();
  }

  /** Another tab has written this into the browser's storage. It may have been sent, and be gone again, before this tab
   *  comes to look. */
  heard(key: string | null, written: string | null): void {
    const { waiting } = this.view;
    const isNew = key?.startsWith(this.prefix) && !waiting.some((one) => one.key === key);
    const added = isNew ? parse(written).filter((one) => !one.refusal) : [];
    if (added.length > 0) this.put({ ...this.view, waiting: [...waiting, ...added] });
    this.refresh();
  }

  /** Looks at what the browser keeps: other tabs add to it, and take from it what they have sent. */
  readonly refresh = (): void => {
    const all = this.read();
    const waiting = all.filter((one) => !one.refusal);
    const refused = all.filter((one) => one.refusal);
    const keys = new Set(waiting.map((one) => one.key));
    const gone = this.view.waiting.filter((one) => !keys.has(one.key));
    const settled = gone.map((sending) => ({
      sending,
      at: Date.now(),
      refusal: refused.find((one) => one.key === sending.key)?.refusal,
    }));
    if (waiting.length === 0) this.delay = null;
    this.put({
      waiting,
      delay: this.delay,
      isKept: waiting.every((one) => this.options.store.isKept(one.key)),
      refused,
      settled: [...this.view.settled, ...settled].slice(-MOST_SETTLED),
    });
  };

  /** Waits until nothing of this project is on its way. */
  async isSent(projectId: string): Promise<void> {
    await this.until(() => !this.view.waiting.some((one) => one.projectId === projectId));
  }

  async isEmpty(): Promise<void> {
    await this.until(() => this.view.waiting.length === 0);
  }

  private put(view: OutboxView): void {
    this.view = view;
    for (const listener of this.listeners) listener();
  }

  private async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resume) => {
      const leave = this.subscribe(() => {
        if (!condition()) return;
        leave();
        resume();
      });
    });
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    let failures = 0;
    try {
      while (this.isOpen && this.first()) {
        try {
          await this.options.alone(() => this.sendFirst());
          failures = 0;
          this.delay = null;
        } catch (error) {
          this.delay = null;
          // Whoever signs in next starts it again.
          if (isProblem(error, 401)) return;
          this.delay = isProblem(error) && error.busy ? "busy" : "silent";
          this.refresh();
          this.resting = new AbortController();
          await pause(pauseAfter(error, failures), this.resting.signal);
          failures += 1;
        }
      }
    } finally {
      this.isRunning = false;
      this.refresh();
    }
  }

  private async sendFirst(): Promise<void> {
    // As it is now: another tab may have sent some while this one waited for its turn.
    const sending = this.first();
    if (!sending || !this.isOpen) return this.refresh();
    const refusal = await this.options.deliver(sending);
    if (refusal) return this.write({ ...sending, refusal });
    this.options.store.remove(sending.key);
    this.refresh();
  }

  private first(): Sending | undefined {
    return this.read().find((one) => !one.refusal);
  }

  private write(sending: Sending): void {
    this.options.store.set(sending.key, JSON.stringify(sending));
    this.refresh();
  }

  private read(): Sending[] {
    const { store } = this.options;
    return store
      .keys(this.prefix)
      .sort()
      .flatMap((key) => readSending(store, key));
  }
}
