import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Lease, NoLease } from "../api/types";
import { LeaseDesk, type LeaseCalls } from "./desk";

const NOTHING: NoLease = { id: null, images: [], leasedByOthers: 3, nextFreeAt: null };
const leaseOf = (id: string): Lease => ({ id, expiresAt: "2030-01-01T00:00:00Z", images: [] });

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

function deskAt(server: Server, started: string[] = []): LeaseDesk {
  return new LeaseDesk({
    calls: server,
    count: 9,
    isPaused: (error) => error instanceof Error && error.message === "paused",
    isStarted: (leaseId) => started.includes(leaseId),
    onTaken: () => undefined,
  });
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("the desk", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
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
    desk.submitted();
    expect(desk.snapshot().lease?.id).toBe("b");
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
    expect(desk.snapshot().idle).toEqual({ kind: "nothing", others: 3, nextFreeAt: null });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(desk.snapshot().lease?.id).toBe("a");
  });

  it("says that the project is paused, and resumes by itself", async () => {
    const desk = deskAt(new Server(new Error("paused"), leaseOf("a")));
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
    desk.submitted();
    expect(desk.snapshot().lease?.id).toBe("b");
  });
});
