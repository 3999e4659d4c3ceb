import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/client";
import { holdsAny, Outbox, type OutboxOptions } from "./outbox";
import type { Refusal, Sending } from "./sendings";

type Answer = Refusal | Problem | null;

/** What the tabs of one browser share: its storage, and the lock. */
class Browser {
  readonly kept = new Map<string, string>();
  isFull = false;
  private turn: Promise<unknown> = Promise.resolve();

  readonly alone = (run: () => Promise<void>): Promise<void> => {
    const done = this.turn.then(run);
    this.turn = done.catch(() => undefined);
    return done;
  };

  store(): OutboxOptions["store"] {
    const remembered = new Map<string, string>();
    return {
      get: (key) => remembered.get(key) ?? this.kept.get(key) ?? null,
      set: (key, value) => {
        (this.isFull ? remembered : this.kept).set(key, value);
        return !this.isFull;
      },
      remove: (key) => {
        remembered.delete(key);
        this.kept.delete(key);
      },
      keys: (prefix) => [...this.kept.keys(), ...remembered.keys()].filter((key) => key.startsWith(prefix)),
      isKept: (key) => !remembered.has(key),
    };
  }
}

/** A tab of this browser, and what it has sent: the service gives these answers, and then takes everything. */
function tabOf(browser: Browser, user = "anna", ...answers: Answer[]) {
  const sent: string[] = [];
  const deliver = async ({ content }: Sending): Promise<Refusal | null> => {
    sent.push(content.kind === "page" ? content.leaseId : "changes");
    const answer = answers.shift() ?? null;
    if (answer instanceof Problem) throw answer;
    return answer;
  };
  const outbox = new Outbox({ user, store: browser.store(), deliver, alone: browser.alone });
  return { outbox, sent };
}

const CATS = { id: "p1", name: "Cats" };
const page = (leaseId: string) => ({ kind: "page" as const, leaseId, body: { labels: { a: [1] }, skipped: [] } });
const changes = { kind: "changes" as const, changes: [] };
const SILENCE = new Problem(0, {});
const SIGNED_OUT = new Problem(401, {});
const settle = () => vi.advanceTimersByTimeAsync(0);

describe("the outbox", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("tells what another tab has submitted, even if that was sent before this tab came to look", () => {
    const { outbox } = tabOf(new Browser());
    const told: string[] = [];
    outbox.subscribe(() => {
      for (const { content } of outbox.snapshot().waiting) if (content.kind === "page") told.push(content.leaseId);
    });
    const key = "outbox:anna:1-x";
    outbox.heard(key, JSON.stringify({ key, projectId: "p1", project: "Cats", at: 1, content: page("a") }));
    expect(told).toEqual(["a"]);
    expect(outbox.snapshot().waiting).toEqual([]);
    expect(outbox.snapshot().settled).toHaveLength(1);
  });

  it("passes over what is damaged", async () => {
    const browser = new Browser();
    for (const damaged of ["{", "null", "7", "{}"]) browser.kept.set(`outbox:anna:0-${damaged}`, damaged);
    const { outbox, sent } = tabOf(browser);
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    expect(sent).toEqual(["a"]);
    expect(holdsAny(browser.store())).toBe(false);
  });

  it("reads corrections as they were kept when each image had one label", () => {
    const browser = new Browser();
    const kept = { kind: "changes", changes: [{ imageId: "a", mark: { kind: "tag", label: 2 } }] };
    browser.kept.set("outbox:anna:1-x", JSON.stringify({ key: "outbox:anna:1-x", projectId: "p1", content: kept }));
    const { waiting } = tabOf(browser).outbox.snapshot();
    expect(waiting[0]?.content).toEqual({ kind: "changes", changes: [{ imageId: "a", mark: { kind: "tag", labels: [2] } }] });
  });

  it("sends in the order of submission, and forgets what has arrived", async () => {
    const browser = new Browser();
    const { outbox, sent } = tabOf(browser);
    outbox.start();
    outbox.add(CATS, page("a"));
    outbox.add(CATS, changes);
    outbox.add(CATS, page("b"));
    await settle();
    expect(sent).toEqual(["a", "changes", "b"]);
    expect(outbox.snapshot().waiting).toEqual([]);
    expect(outbox.snapshot().settled.map(({ refusal }) => refusal)).toEqual([undefined, undefined, undefined]);
    expect(browser.kept.size).toBe(0);
  });

  it("holds back what follows while the first cannot be sent, and says so", async () => {
    const { outbox, sent } = tabOf(new Browser(), "anna", SILENCE, SILENCE);
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    expect(outbox.snapshot()).toMatchObject({ delay: "silent", isKept: true });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual(["a", "a"]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent).toEqual(["a", "a", "a"]);
    expect(outbox.snapshot()).toMatchObject({ delay: null, waiting: [] });
  });

  it("tries at once when something may have ended the silence", async () => {
    const { outbox, sent } = tabOf(new Browser(), "anna", SILENCE);
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    outbox.add(CATS, page("b"));
    await settle();
    expect(sent).toEqual(["a", "a", "b"]);
  });

  it("leaves a busy service in peace as long as it asks for", async () => {
    const { outbox, sent } = tabOf(new Browser(), "anna", new Problem(503, {}, 5_000));
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    outbox.add(CATS, page("b"));
    outbox.wake();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(outbox.snapshot().delay).toBe("busy");
    expect(sent).toEqual(["a"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["a", "a", "b"]);
  });

  it("is found again by another tab, which sends it", async () => {
    const browser = new Browser();
    const first = tabOf(browser, "anna", SILENCE);
    first.outbox.start();
    first.outbox.add(CATS, page("a"));
    await settle();
    first.outbox.stop();
    const second = tabOf(browser);
    second.outbox.start();
    await settle();
    expect(second.sent).toEqual(["a"]);
    expect(browser.kept.size).toBe(0);
  });

  it("is sent once by two tabs, and both know that it has arrived", async () => {
    const browser = new Browser();
    const tabs = [tabOf(browser), tabOf(browser)] as const;
    tabs[0].outbox.add(CATS, page("a"));
    tabs[1].outbox.refresh();
    expect(tabs[1].outbox.snapshot().waiting).toHaveLength(1);
    for (const { outbox } of tabs) outbox.start();
    await settle();
    expect([...tabs[0].sent, ...tabs[1].sent]).toEqual(["a"]);
    for (const { outbox } of tabs) {
      outbox.refresh();
      expect(outbox.snapshot().waiting).toEqual([]);
      expect(outbox.snapshot().settled).toHaveLength(1);
    }
  });

  it("is never sent in the name of somebody else", async () => {
    const browser = new Browser();
    tabOf(browser, "anna").outbox.add(CATS, page("a"));
    for (const name of ["ann", "anna:1", "bert"]) {
      const { outbox, sent } = tabOf(browser, name);
      outbox.start();
      await settle();
      expect(sent).toEqual([]);
    }
    expect(holdsAny(browser.store())).toBe(true);
  });

  it("stops when nobody is signed in, and goes on when the same person is again", async () => {
    const browser = new Browser();
    const before = tabOf(browser, "anna", SIGNED_OUT);
    before.outbox.start();
    before.outbox.add(CATS, page("a"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(before.sent).toEqual(["a"]);
    before.outbox.stop();
    const after = tabOf(browser);
    after.outbox.start();
    await settle();
    expect(after.sent).toEqual(["a"]);
  });

  it("tells what was refused until it is read, in every tab, and sends it no more", async () => {
    const browser = new Browser();
    const { outbox, sent } = tabOf(browser, "anna", { kind: "over" });
    outbox.start();
    outbox.add(CATS, page("a"));
    outbox.add(CATS, page("b"));
    await settle();
    expect(sent).toEqual(["a", "b"]);
    expect(outbox.snapshot().settled.map(({ refusal }) => refusal?.kind)).toEqual(["over", undefined]);
    const later = tabOf(browser);
    later.outbox.start();
    await settle();
    const [told] = later.outbox.snapshot().refused;
    expect(told).toMatchObject({ project: "Cats", refusal: { kind: "over" } });
    expect(later.sent).toEqual([]);
    expect(holdsAny(browser.store())).toBe(false);
    later.outbox.acknowledge(told?.key ?? "");
    expect(tabOf(browser).outbox.snapshot().refused).toEqual([]);
  });

  it("tells no more of a page that came back once it is submitted again", async () => {
    const { outbox } = tabOf(new Browser(), "anna", { kind: "again", count: 1, words: "" });
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    expect(outbox.snapshot().refused).toHaveLength(1);
    outbox.add(CATS, page("a"));
    await settle();
    expect(outbox.snapshot()).toMatchObject({ refused: [], waiting: [] });
  });

  it("sends without storage, too, and says that it is not kept", async () => {
    const browser = new Browser();
    browser.isFull = true;
    const { outbox, sent } = tabOf(browser, "anna", SILENCE);
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    expect(outbox.snapshot()).toMatchObject({ isKept: false, delay: "silent" });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent).toEqual(["a", "a"]);
    expect(outbox.snapshot()).toMatchObject({ isKept: true, waiting: [] });
  });

  it("lets a project's next page wait for its own pages only", async () => {
    const { outbox } = tabOf(new Browser(), "anna", null, SILENCE);
    outbox.start();
    outbox.add(CATS, page("a"));
    outbox.add({ id: "p2", name: "Dogs" }, page("b"));
    const sent = vi.fn();
    void outbox.isSent("p1").then(sent);
    const empty = vi.fn();
    void outbox.isEmpty().then(empty);
    await settle();
    expect(sent).toHaveBeenCalled();
    expect(empty).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(empty).toHaveBeenCalled();
  });

  it("sends again what was refused, when it is told to", async () => {
    const browser = new Browser();
    const { outbox, sent } = tabOf(browser, "anna", { kind: "gone" });
    outbox.start();
    outbox.add(CATS, page("a"));
    await settle();
    const [refused] = outbox.snapshot().refused;
    outbox.sendAgain(refused?.key ?? "");
    await settle();
    expect(sent).toEqual(["a", "a"]);
    expect(outbox.snapshot().refused).toEqual([]);
    expect(browser.kept.size).toBe(0);
  });
});
