import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loaded } from "./lazily";

/** A file of the site that cannot be had so often. */
function fileOf(failures: number) {
  let left = failures;
  return vi.fn(async () => {
    if (left-- > 0) throw new TypeError("Failed to fetch dynamically imported module");
    return "file";
  });
}

describe("a part of the site", () => {
  const events = new EventTarget();
  const connect = (onLine: boolean) => vi.stubGlobal("navigator", { onLine });

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("window", events);
    connect(true);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is asked for again where the network fails", async () => {
    const file = fileOf(2);
    const part = loaded(file);
    await vi.advanceTimersByTimeAsync(10_000);
    await expect(part).resolves.toBe("file");
    expect(file).toHaveBeenCalledTimes(3);
  });

  it("is given up where it is not there any more", async () => {
    const part = expect(loaded(fileOf(9))).rejects.toThrow("Failed to fetch");
    await vi.advanceTimersByTimeAsync(10_000);
    await part;
  });

  it("waits for a connection, however long that takes", async () => {
    connect(false);
    const file = fileOf(1);
    const part = loaded(file);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(file).toHaveBeenCalledTimes(1);
    connect(true);
    events.dispatchEvent(new Event("online"));
    await expect(part).resolves.toBe("file");
  });
});
