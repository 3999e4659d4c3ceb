import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/client";
import type { Lease, NoLease } from "../api/types";
import { Desk, type LeaseCalls } from "./desk";

const NOTHING: NoLease = { id: null, images: [], leasedByOthers: 3, nextFreeAt: null, awaitingOthers: 2 };
const leaseOf = (id: string): Lease => ({ id, expiresAt: "2030-01-01T00:00:00Z", short: null, images: [] });

class Server implements LeaseCalls {
  readonly asked: { count: number; holding: string[] }[] = [];
  readonly returned: string[] = [];
  private readonly answers: (Lease | NoLease | Error)[];

  constructor(...answers: (Lease | NoLease | Error)[]) {
    this.answers = answers;
  }

  async take(count: number, holding: string[]): Promise<Lease | NoLease> {
    this.asked.push({ count, holding });
    const answer = this.answers.shift() ?? NOTHING;
    if (answer instanceof Error) throw answer;
    return answer;
  }

  async renew(): Promise<string> {
    return "2031-01-01T00:00:00Z";
  }

  async giveBack(leaseId: string): Promise<void> {
    this.returned.push(leaseId);
  }
}

const PAUSED = new Problem(409, { type: "urn:labeling:problem:paused" });

function deskAt(server: Server, started: string[] = [], isSeen = () => true): Desk {
  return new Desk({
    calls: server,
    open: (lease, most) => ({ ...lease, images: lease.images.slice(0, most) }),
    count: 9,
    isStarted: (leaseId) => started.includes(leaseId),
    onTaken: () => undefined,
    onNothing: () => undefined,
    isSeen,
  });
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("the desk", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0.5);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("shows one lease and fetches one ahead, saying which it holds", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"));
    const desk = deskAt(server);
    desk.start();
    await settle();
    expect(desk.snapshot().lease?.id).toBe("a");
    expect(server.asked).toEqual([
      { count: 9, holding: [] },
      { count: 9, holding: ["a"] },
    ]);
  });

  it("shows the next page in the same moment as the one before is submitted", async () => {
    const desk = deskAt(new Server(leaseOf("a"), leaseOf("b"), leaseOf("c")));
    desk.start();
    await settle();
    desk.submitted(["a"]);
    expect(desk.snapshot().lease?.id).toBe("b");
  });

  it("does not show a page that another tab submitted while the server was asked for it", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"));
    const desk = deskAt(server);
    desk.start();
    desk.submitted(["a"]);
    await settle();
    expect(desk.snapshot().lease?.id).toBe("b");
  });

  it("shows a page again that comes back after it was submitted", async () => {
    const desk = deskAt(new Server(leaseOf("a"), NOTHING, leaseOf("a")));
    desk.start();
    await settle();
    desk.submitted(["a"]);
    await settle();
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("gives back what it holds when it is left", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"));
    const desk = deskAt(server);
    desk.start();
    await settle();
    desk.stop();
    expect(server.returned.sort()).toEqual(["a", "b"]);
  });

  it("keeps a started page when it is left, and gives back only the one ahead", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"));
    const desk = deskAt(server, ["a"]);
    desk.start();
    await settle();
    desk.stop();
    expect(server.returned).toEqual(["b"]);
  });

  it("gives back a lease that comes after the page was left", async () => {
    const server = new Server(leaseOf("a"));
    const desk = deskAt(server);
    desk.start();
    desk.stop();
    await settle();
    expect(server.returned).toEqual(["a"]);
  });

  it("takes an untouched page anew in another layout", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"), leaseOf("c"));
    const desk = deskAt(server);
    desk.start();
    await settle();
    desk.restart(4);
    await settle();
    expect(desk.snapshot().lease?.id).toBe("c");
    expect(server.asked[2]).toEqual({ count: 4, holding: [] });
  });

  it("keeps a started page in its layout and takes the next one in the new layout", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"), leaseOf("c"));
    const desk = deskAt(server, ["a"]);
    desk.start();
    await settle();
    desk.restart(4);
    await settle();
    expect(desk.snapshot().lease?.id).toBe("a");
    expect(server.asked[2]).toEqual({ count: 4, holding: ["a"] });
  });

  it("says how many images others have, and goes on by itself", async () => {
    const desk = deskAt(new Server(NOTHING, leaseOf("a")));
    desk.start();
    await settle();
    expect(desk.snapshot().idle).toEqual({ kind: "nothing", others: 3, nextFreeAt: null, awaiting: 2 });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("says that the project is paused, and resumes by itself", async () => {
    const desk = deskAt(new Server(PAUSED, leaseOf("a")));
    desk.start();
    await settle();
    expect(desk.snapshot().idle.kind).toBe("paused");
    await vi.advanceTimersByTimeAsync(6_000);
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("keeps the page on screen while the next one cannot be fetched", async () => {
    const desk = deskAt(new Server(leaseOf("a"), new Error("down"), leaseOf("b")));
    desk.start();
    await settle();
    expect(desk.snapshot().lease?.id).toBe("a");
    await vi.advanceTimersByTimeAsync(6_000);
    desk.submitted(["a"]);
    expect(desk.snapshot().lease?.id).toBe("b");
  });

  it("asks less and less often while there is nothing, and never stops", async () => {
    const server = new Server();
    deskAt(server).start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server.asked.length).toBe(4);
    await vi.advanceTimersByTimeAsync(60_000);
    const asked = server.asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked.length - asked).toBe(4);
  });

  it("asks as soon as a lease of others is over", async () => {
    const nothing: NoLease = { ...NOTHING, nextFreeAt: new Date(Date.now() + 20_000).toISOString() };
    const server = new Server(nothing, nothing, nothing, nothing, nothing, leaseOf("a"));
    const desk = deskAt(server);
    desk.start();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(server.asked.length).toBe(5);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("does not hammer when the time at which a lease was to be over has passed", async () => {
    const past: NoLease = { ...NOTHING, nextFreeAt: "2020-01-01T00:00:00Z" };
    const server = new Server(past, past, past, past, past, past, past, past, past, past, past);
    deskAt(server).start();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.asked.length).toBeLessThanOrEqual(6);
  });

  it("begins its wait anew when the page is seen again, and takes nothing while it is not", async () => {
    let seen = false;
    const server = new Server(NOTHING, leaseOf("a"));
    const desk = deskAt(server, [], () => seen);
    desk.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked.length).toBe(0);
    seen = true;
    desk.seen();
    await settle();
    expect(server.asked.length).toBe(1);
    seen = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked.length).toBe(1);
    seen = true;
    desk.seen();
    await settle();
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("takes nothing ahead of a page that came by itself, until somebody stirs", async () => {
    const server = new Server(NOTHING, leaseOf("a"), leaseOf("b"));
    const desk = deskAt(server);
    desk.start();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(desk.snapshot().lease?.id).toBe("a");
    expect(server.asked.length).toBe(2);
    desk.stir();
    await settle();
    expect(server.asked.length).toBe(3);
  });

  it("gives back what nobody works on, and takes anew when somebody stirs", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"), leaseOf("c"));
    const desk = deskAt(server);
    desk.start();
    await settle();
    desk.rest();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.returned.sort()).toEqual(["a", "b"]);
    expect(desk.snapshot()).toEqual({ lease: null, page: null, idle: { kind: "away" } });
    expect(server.asked.length).toBe(2);
    desk.stir();
    await settle();
    expect(desk.snapshot().lease?.id).toBe("c");
  });

  it("keeps a started page while nobody works on it, and gives back only the one ahead", async () => {
    const server = new Server(leaseOf("a"), leaseOf("b"), leaseOf("c"));
    const desk = deskAt(server, ["a"]);
    desk.start();
    await settle();
    desk.rest();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.returned).toEqual(["b"]);
    expect(desk.snapshot().lease?.id).toBe("a");
    expect(server.asked.length).toBe(2);
  });

  it("waits as long as a busy service asks for, and longer each time", async () => {
    const server = new Server(new Problem(503, {}, 7_000), new Problem(429, {}), leaseOf("a"));
    const desk = deskAt(server);
    desk.start();
    await settle();
    expect(desk.snapshot().idle).toEqual({ kind: "busy" });
    await vi.advanceTimersByTimeAsync(6_900);
    expect(server.asked.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1_900);
    expect(server.asked.length).toBe(2);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("asks for nothing more and gives nothing back once the project is not there any more", async () => {
    const server = new Server(leaseOf("a"), new Problem(404, {}), leaseOf("b"));
    const desk = deskAt(server);
    desk.start();
    await settle();
    expect(desk.snapshot()).toMatchObject({ lease: null, idle: { kind: "gone" } });
    desk.rest();
    desk.stir();
    desk.seen();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(server.asked).toHaveLength(2);
    expect(server.returned).toEqual([]);
    expect(desk.snapshot().idle.kind).toBe("gone");
  });
});
