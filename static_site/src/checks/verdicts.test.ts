import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/client";
import type { Verdict, VerdictWord } from "../api/types";
import { GATHER_MS, keyOf, saidIn, storeKey, Verdicts, type VerdictsOptions } from "./verdicts";

const AT = "2026-11-30T08:00:00Z";
const image = (id: string) => ({ id, labeledAt: AT });
const verdict = (id: string, word: VerdictWord | null = "right", labels?: number[]): Verdict => ({
  ...image(id),
  verdict: word,
  ...(labels && { labels }),
});
const settle = () => vi.advanceTimersByTimeAsync(0);
const SILENCE = new Problem(0, {});
const BUSY = new Problem(503, {}, 4_000);
const SIGNED_OUT = new Problem(401, {});
const REFUSED = new Problem(422, { detail: "There is no such label." });
const GONE = new Problem(404, {});

/** What the tabs of one browser share. */
class Browser {
  readonly kept = new Map<string, string>();
  isFull = false;
  private turn: Promise<unknown> = Promise.resolve();
  readonly alone = (run: () => Promise<void>): Promise<void> => {
    const done = this.turn.then(run);
    this.turn = done.catch(() => undefined);
    return done;
  };
  readonly store: VerdictsOptions["store"] = {
    get: (key) => this.kept.get(key) ?? null,
    set: (key, value) => {
      this.kept.set(key, value);
      return !this.isFull;
    },
    remove: (key) => this.kept.delete(key),
    isKept: () => !this.isFull,
  };
}

type Answer = Problem | readonly string[] | Promise<readonly string[]>;

/** A tab of this browser, and what it has sent: the service gives these answers, and then takes everything. */
function tabOf(browser: Browser, ...answers: Answer[]) {
  const sent: Verdict[][] = [];
  const stale: Verdict[] = [];
  const refused: number[] = [];
  const verdicts = new Verdicts({
    user: "anna",
    projectId: "p1",
    checkId: "c1",
    store: browser.store,
    alone: browser.alone,
    deliver: async (some) => {
      sent.push([...some]);
      const answer = answers.shift() ?? [];
      if (answer instanceof Problem) throw answer;
      return answer;
    },
    onStale: (some) => stale.push(...some),
    onRefused: (count) => refused.push(count),
  });
  return { verdicts, sent, stale, refused, words: () => sent.map((some) => some.map((one) => `${one.id} ${one.verdict}`)) };
}

describe("the verdicts of a check", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("are sent some at a time: fifty, five a second, by six calls at most, in their order", async () => {
    const { verdicts, sent } = tabOf(new Browser());
    for (let at = 0; at < 50; at += 1) {
      verdicts.add(verdict(`i${at}`));
      await vi.advanceTimersByTimeAsync(200);
    }
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    expect(sent.length).toBeLessThanOrEqual(6);
    expect(sent.flat().map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, at) => `i${at}`));
    expect(verdicts.snapshot().waiting).toEqual([]);
  });

  it("are sent at once where there are enough of them, and no more than one call takes", async () => {
    let answer: (stale: readonly string[]) => void = () => undefined;
    const { verdicts, sent } = tabOf(new Browser(), new Promise((resolve) => (answer = resolve)));
    for (let at = 0; at < 24; at += 1) verdicts.add(verdict(`i${at}`));
    await settle();
    expect(sent).toHaveLength(0);
    verdicts.add(verdict("last"));
    await settle();
    expect(sent.map(({ length }) => length)).toEqual([25]);
    for (let at = 0; at < 110; at += 1) verdicts.add(verdict(`j${at}`));
    answer([]);
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    expect(sent.map(({ length }) => length)).toEqual([25, 100, 10]);
  });

  it("count at once, whether they have arrived or not", async () => {
    const { verdicts } = tabOf(new Browser());
    verdicts.add(verdict("a", "wrong", [2]));
    expect(saidIn(verdicts.snapshot(), image("a"))).toBe("wrong");
    await verdicts.flush();
    expect(saidIn(verdicts.snapshot(), image("a"))).toBe("wrong");
    expect(saidIn(verdicts.snapshot(), image("b"))).toBeUndefined();
    // Labeled anew, it is another image to be judged.
    expect(saidIn(verdicts.snapshot(), { id: "a", labeledAt: "2026-11-30T09:00:00Z" })).toBeUndefined();
  });

  it("that are taken back before they were sent are never sent", async () => {
    const { verdicts, words } = tabOf(new Browser());
    verdicts.add(verdict("a"));
    verdicts.add(verdict("b"));
    verdicts.add(verdict("b", null));
    await verdicts.flush();
    expect(words()).toEqual([["a right"]]);
    expect(saidIn(verdicts.snapshot(), image("b"))).toBeUndefined();
  });

  it("that are taken back later are taken back at the service", async () => {
    const { verdicts, words } = tabOf(new Browser());
    verdicts.add(verdict("a"));
    await verdicts.flush();
    verdicts.add(verdict("a", null));
    expect(saidIn(verdicts.snapshot(), image("a"))).toBeNull();
    await verdicts.flush();
    // One that was given before the page was loaded, and one given anew and taken back again.
    verdicts.add(verdict("old", null));
    verdicts.add(verdict("old", "unclear"));
    verdicts.add(verdict("old", null));
    await verdicts.flush();
    expect(words()).toEqual([["a right"], ["a null"], ["old null"]]);
  });

  it("that are given anew after they were sent, and taken back then, are taken back at the service", async () => {
    const { verdicts, words } = tabOf(new Browser());
    verdicts.add(verdict("a"));
    await verdicts.flush();
    verdicts.add(verdict("a", "unclear"));
    verdicts.add(verdict("a", null));
    await verdicts.flush();
    expect(words()).toEqual([["a right"], ["a null"]]);
  });

  it("that may have arrived without an answer are taken back at the service, too", async () => {
    const { verdicts, words } = tabOf(new Browser(), SILENCE);
    verdicts.add(verdict("a"));
    void verdicts.flush();
    await settle();
    verdicts.add(verdict("a", null));
    verdicts.add(verdict("b"));
    verdicts.wake();
    await settle();
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    expect(words()).toEqual([["a right"], ["a null", "b right"]]);
  });

  it("that are given anew while they are on their way arrive as they were said last", async () => {
    let answer: (stale: readonly string[]) => void = () => undefined;
    const { verdicts, words } = tabOf(new Browser(), new Promise((resolve) => (answer = resolve)));
    verdicts.add(verdict("a"));
    const sending = verdicts.flush();
    await settle();
    verdicts.add(verdict("a", "unclear"));
    answer([]);
    await sending;
    // It is gathered with what may follow.
    expect(words()).toHaveLength(1);
    expect(saidIn(verdicts.snapshot(), image("a"))).toBe("unclear");
    await vi.advanceTimersByTimeAsync(GATHER_MS);
    expect(words()).toEqual([["a right"], ["a unclear"]]);
  });

  it("are sent again and again until they arrive, and say why that takes long", async () => {
    const { verdicts, words } = tabOf(new Browser(), SILENCE, BUSY);
    verdicts.add(verdict("a"));
    void verdicts.flush();
    await settle();
    expect(verdicts.snapshot().delay).toBe("silent");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(verdicts.snapshot().delay).toBe("busy");
    // A busy service is left in peace.
    verdicts.wake();
    await vi.advanceTimersByTimeAsync(3_999);
    expect(words()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(words()).toEqual([["a right"], ["a right"], ["a right"]]);
    expect(verdicts.snapshot()).toMatchObject({ waiting: [], delay: null });
  });

  it("are sent again later each time, but at once when the silence may be over", async () => {
    const { verdicts, words } = tabOf(new Browser(), SILENCE, SILENCE, SILENCE);
    verdicts.add(verdict("a"));
    void verdicts.flush();
    await vi.advanceTimersByTimeAsync(2_999);
    expect(words()).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(words()).toHaveLength(3);
    verdicts.wake();
    await settle();
    expect(words()).toHaveLength(4);
  });

  it("survive the tab, and are sent by the next one", async () => {
    const browser = new Browser();
    tabOf(browser, SILENCE).verdicts.add(verdict("a"));
    const { verdicts, words } = tabOf(browser);
    expect(saidIn(verdicts.snapshot(), image("a"))).toBe("right");
    verdicts.wake();
    await settle();
    expect(words()).toEqual([["a right"]]);
    expect(browser.kept.size).toBe(0);
  });

  it("of two tabs are all sent, none of them by both", async () => {
    const browser = new Browser();
    const [one, other] = [tabOf(browser), tabOf(browser)];
    one.verdicts.add(verdict("a"));
    other.verdicts.add(verdict("b"));
    await Promise.all([one.verdicts.flush(), other.verdicts.flush()]);
    expect([...one.words(), ...other.words()].flat().sort()).toEqual(["a right", "b right"]);
  });

  it("of another tab are sent, too, though that has said more", async () => {
    const browser = new Browser();
    const [one, other] = [tabOf(browser), tabOf(browser)];
    one.verdicts.add(verdict("a"));
    await one.verdicts.flush();
    one.verdicts.add(verdict("b"));
    other.verdicts.add(verdict("c"));
    await other.verdicts.flush();
    expect(other.words()).toEqual([["b right", "c right"]]);
  });

  it("that another tab has sent are late no more", async () => {
    const browser = new Browser();
    const { verdicts } = tabOf(browser, SILENCE);
    verdicts.add(verdict("a"));
    void verdicts.flush();
    await settle();
    expect(verdicts.snapshot().delay).toBe("silent");
    browser.kept.clear();
    verdicts.refresh();
    expect(verdicts.snapshot()).toMatchObject({ waiting: [], delay: null });
  });

  it("are those of one person and check, and none where the browser kept something else", () => {
    expect(storeKey("a:p1", "x")).not.toBe(storeKey("a", "p1:x"));
    const browser = new Browser();
    browser.kept.set(storeKey("anna", "p1", "c1"), '{"turn": 1}');
    expect(tabOf(browser).verdicts.snapshot().waiting).toEqual([]);
  });

  it("wait for whoever signs in again", async () => {
    const browser = new Browser();
    const { verdicts, words } = tabOf(browser, SIGNED_OUT);
    verdicts.add(verdict("a"));
    await verdicts.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(words()).toHaveLength(1);
    verdicts.wake();
    await settle();
    expect(words()).toHaveLength(2);
    expect(browser.kept.has(storeKey("anna", "p1", "c1"))).toBe(false);
  });

  it("on images that others have labeled since are told, and are not said", async () => {
    const { verdicts, stale } = tabOf(new Browser(), ["a"]);
    verdicts.add(verdict("a"));
    verdicts.add(verdict("b"));
    await verdicts.flush();
    expect(stale.map(keyOf)).toEqual([keyOf(image("a"))]);
    expect(saidIn(verdicts.snapshot(), image("a"))).toBeUndefined();
    expect(saidIn(verdicts.snapshot(), image("b"))).toBe("right");
  });

  it("that cannot be taken keep the others from nothing", async () => {
    const { verdicts, refused } = tabOf(new Browser(), REFUSED, [], REFUSED);
    for (const id of ["a", "b", "c"]) verdicts.add(verdict(id, "wrong", [7]));
    await verdicts.flush();
    expect(refused).toEqual([1]);
    expect(["a", "b", "c"].map((id) => saidIn(verdicts.snapshot(), image(id)))).toEqual(["wrong", undefined, "wrong"]);
  });

  it("of a check that is gone are given up, and that is told", async () => {
    const { verdicts, refused } = tabOf(new Browser(), GONE);
    verdicts.add(verdict("a"));
    verdicts.add(verdict("b"));
    await verdicts.flush();
    expect(refused).toEqual([2]);
    expect(verdicts.snapshot().waiting).toEqual([]);
  });

  it("say where the browser keeps nothing", () => {
    const browser = new Browser();
    browser.isFull = true;
    const { verdicts } = tabOf(browser);
    expect(verdicts.snapshot().isKept).toBe(true);
    verdicts.add(verdict("a"));
    expect(verdicts.snapshot().isKept).toBe(false);
  });
});
