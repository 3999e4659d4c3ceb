import { describe, expect, it, vi } from "vitest";
import { Problem } from "../api/client";
import { callsFor, mistakeIn, MOST_BYTES, type LabelOffer } from "./labelFiles";

const file = (name: string, size = 1) => ({ name, size });
const chosen = (path: string) => ({ path, file: new File(["x"], path), bytes: 1 });
const ALL = [chosen("a.csv"), chosen("b.csv")];
const signal = new AbortController().signal;

function scene(ms = 60_000) {
  let count = 0;
  const ask = vi.fn(async (files: { name: string }[]): Promise<LabelOffer> => {
    count += 1;
    const uploads = files.map(({ name }) => ({ name, url: `${count}/${name}` }));
    return { upload: `${count}`, uploads, expiresAt: new Date(Date.now() + ms).toISOString() };
  });
  const put = vi.fn(() => Promise.resolve());
  const noted: string[] = [];
  return { ask, put, noted, calls: callsFor(ALL, ask, put, (upload) => noted.push(upload)) };
}

describe("files that are chosen together", () => {
  it("have no empty one, and are neither too many nor too large", () => {
    expect(mistakeIn([file("a.csv"), file("b.csv")])).toBeNull();
    expect(mistakeIn([file("a.csv"), file("b.csv", 0)])).toBe("b.csv is empty.");
    expect(mistakeIn(Array.from({ length: 20 }, (_, at) => file(`${at}`)))).toBeNull();
    expect(mistakeIn(Array.from({ length: 21 }, (_, at) => file(`${at}`)))).toContain("20 files at most");
    expect(mistakeIn([file("a.csv", MOST_BYTES + 1)])).toContain("a.csv is too large");
    expect(mistakeIn([file("a.csv", MOST_BYTES), file("b.csv")])).toContain("too large together");
  });

  it("go into one upload, also those that are sent again", async () => {
    const { ask, noted, calls } = scene();
    const first = await calls.ask(ALL, signal);
    expect(first.uploads.map(({ url }) => url)).toEqual(["1/a.csv", "1/b.csv"]);
    expect((await calls.ask(ALL.slice(1), signal)).uploads).toEqual([{ name: "b.csv", url: "1/b.csv" }]);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(noted).toEqual(["1"]);
  });

  it("go into another one once their addresses are over, all of them", async () => {
    const { ask, noted, calls } = scene(-1);
    await calls.ask(ALL, signal);
    expect((await calls.ask(ALL.slice(1), signal)).uploads).toEqual([{ name: "b.csv", url: "2/b.csv" }]);
    expect(ask.mock.lastCall?.[0]).toHaveLength(2);
    expect(noted).toEqual(["1", "2"]);
  });

  it("have arrived where there is one already", async () => {
    const { put, calls } = scene();
    const [one] = ALL;
    if (!one) throw new Error();
    put.mockRejectedValueOnce(new Problem(409, { detail: "" }));
    await expect(calls.put("", one, () => undefined, signal)).resolves.toBeUndefined();
    put.mockRejectedValueOnce(new Problem(403, { detail: "" }));
    await expect(calls.put("", one, () => undefined, signal)).rejects.toThrow();
  });
});
