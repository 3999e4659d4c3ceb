import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/client";
import { Errands } from "./errands";

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A call that fails so, one after the other, and then succeeds. */
function callOf(...failures: Problem[]) {
  return vi.fn(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return "saved";
  });
}

describe("errands", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("are done once when they arrive", async () => {
    const errands = new Errands();
    const call = callOf();
    await expect(errands.run(call)).resolves.toBe("saved");
    await errands.areDone();
    expect(call).toHaveBeenCalledTimes(1);
    expect(errands.snapshot()).toEqual({ underway: 0, isDelayed: false });
  });

  it("wait as long as the service asks for, and say so", async () => {
    const errands = new Errands();
    const call = callOf(new Problem(503, {}, 4_000));
    const done = errands.run(call);
    await settle();
    expect(errands.snapshot()).toEqual({ underway: 1, isDelayed: true });
    await vi.advanceTimersByTimeAsync(3_999);
    expect(call).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await expect(done).resolves.toBe("saved");
    expect(call).toHaveBeenCalledTimes(2);
  });

  it("wait longer each time that the service does not answer", async () => {
    const errands = new Errands();
    const call = callOf(...Array.from({ length: 4 }, () => new Problem(0, {})));
    void errands.run(call);
    await settle();
    expect(errands.snapshot().isDelayed).toBe(true);
    const called = [];
    for (const seconds of [1, 2, 4, 8]) {
      await vi.advanceTimersByTimeAsync(seconds * 1_000);
      called.push(call.mock.calls.length);
    }
    expect(called).toEqual([2, 3, 4, 5]);
  });

  it("are not done again when they were refused", async () => {
    const errands = new Errands();
    const call = callOf(new Problem(422, {}));
    await expect(errands.run(call)).rejects.toThrow(Problem);
    await errands.areDone();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call).toHaveBeenCalledTimes(1);
    expect(errands.snapshot().underway).toBe(0);
  });

  it("are done only when all have arrived", async () => {
    const errands = new Errands();
    const emptied = vi.fn();
    void errands.run(callOf(new Problem(429, {})));
    void errands.run(callOf());
    void errands.areDone().then(emptied);
    await settle();
    expect(emptied).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(emptied).toHaveBeenCalledTimes(1);
  });
});
