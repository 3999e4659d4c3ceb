import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Problem } from "../api/client";
import { Outbox } from "./outbox";

const settle = () => vi.advanceTimersByTimeAsync(0);

/** A call that fails so, one after the other, and then succeeds. */
function callOf(...failures: Problem[]) {
  return vi.fn(async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return "saved";
  });
}

describe("the outbox", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it("sends once what arrives", async () => {
    const outbox = new Outbox();
    const call = callOf();
    await expect(outbox.send(call)).resolves.toBe("saved");
    await outbox.empty();
    expect(call).toHaveBeenCalledTimes(1);
    expect(outbox.snapshot()).toEqual({ sending: 0, delay: null });
  });

  it("waits as long as the service asks for, and says so", async () => {
    const outbox = new Outbox();
    const call = callOf(new Problem(503, {}, 4_000));
    const sent = outbox.send(call);
    await settle();
    expect(outbox.snapshot()).toEqual({ sending: 1, delay: "busy" });
    await vi.advanceTimersByTimeAsync(3_999);
    expect(call).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await expect(sent).resolves.toBe("saved");
    expect(call).toHaveBeenCalledTimes(2);
  });

  it("waits longer each time that the service does not answer", async () => {
    const outbox = new Outbox();
    const call = callOf(...Array.from({ length: 4 }, () => new Problem(0, {})));
    void outbox.send(call);
    await settle();
    expect(outbox.snapshot().delay).toBe("silent");
    const called = [];
    for (const seconds of [1, 2, 4, 8]) {
      await vi.advanceTimersByTimeAsync(seconds * 1_000);
      called.push(call.mock.calls.length);
    }
    expect(called).toEqual([2, 3, 4, 5]);
  });

  it("does not send again what was refused", async () => {
    const outbox = new Outbox();
    const call = callOf(new Problem(422, {}));
    await expect(outbox.send(call)).rejects.toThrow(Problem);
    await outbox.empty();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(call).toHaveBeenCalledTimes(1);
    expect(outbox.snapshot().sending).toBe(0);
  });

  it("is empty only when all has arrived", async () => {
    const outbox = new Outbox();
    const emptied = vi.fn();
    void outbox.send(callOf(new Problem(429, {})));
    void outbox.send(callOf());
    void outbox.empty().then(emptied);
    await settle();
    expect(emptied).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(emptied).toHaveBeenCalledTimes(1);
  });
});
