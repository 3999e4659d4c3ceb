import { describe, expect, it } from "vitest";
import { Problem } from "../api/client";
import type { Chosen } from "./choosing";
import { A_CALL, AT_ONCE, MOST_TRIES, send, type Calls, type Standing } from "./sending";

const filesOf = (count: number): Chosen[] => {
  const file = new File(["abc"], "a.png");
  return Array.from({ length: count }, (_, n) => ({ path: `${n}.png`, file, bytes: file.size }));
};

/** A service and its storage. `there`: the sizes of the files in it; `fault` may fail a call. */
class Place {
  readonly there = new Map<string, number>();
  readonly asked: string[][] = [];
  readonly put: string[] = [];
  readonly waited: unknown[] = [];
  private readonly turns = new Map<string, number>();
  mostAtOnce = 0;
  private underWay = 0;
  /** What a call comes to; arrived: all the same. */
  fault: (kind: "ask" | "put", names: string[], turn: number) => Problem | { arrived: Problem } | null = () => null;

  readonly calls: Calls = {
    ask: async (files) => {
      const names = files.map(({ path }) => path);
      this.asked.push(names);
      const fault = this.fault("ask", names, this.asked.length);
      if (fault) throw fault;
      const sizeIs = (same: boolean) => (one: Chosen) =>
        this.there.has(one.path) && (this.there.get(one.path) === one.bytes) === same;
      return {
        uploads: names.filter((name) => !this.there.has(name)).map((name) => ({ name, url: `to:${name}` })),
        existing: files.filter(sizeIs(true)).map(({ path }) => path),
        conflicting: files.filter(sizeIs(false)).map(({ path }) => path),
      };
    },
    put: async (url, { bytes }, onBytes) => {
      this.underWay += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
      onBytes(1);
      await Promise.resolve();
      this.underWay -= 1;
      const name = url.slice("to:".length);
      this.put.push(name);
      const turn = (this.turns.get(name) ?? 0) + 1;
      this.turns.set(name, turn);
      const fault = this.fault("put", [name], turn);
      if (fault instanceof Problem) throw fault;
      if (this.there.has(name)) throw new Problem(409, {});
      this.there.set(name, bytes);
      if (fault) throw fault.arrived;
      onBytes(bytes);
    },
    wait: async (error) => void this.waited.push(error),
  };

  send(files: readonly Chosen[], stop = new AbortController(), note: (standing: Standing) => void = () => undefined) {
    return send(files, this.calls, stop.signal, note);
  }
}

const LOST = new Problem(0, {});

describe("an upload", () => {
  it("asks for addresses in portions, as they are needed, and sends a few files at once", async () => {
    const place = new Place();
    const seen: number[] = [];
    place.fault = (kind) => {
      if (kind === "ask") seen.push(place.put.length);
      return null;
    };
    const outcome = await place.send(filesOf(20_000));
    expect(outcome).toMatchObject({ sent: 20_000, existing: 0, failed: [], left: [], error: null, bytes: 60_000 });
    expect(place.asked).toHaveLength(20_000 / A_CALL);
    expect(place.put).toHaveLength(20_000);
    expect(place.mostAtOnce).toBe(AT_ONCE);
    // No more than two portions of addresses are held.
    seen.forEach((sent, turn) => expect(turn * A_CALL - sent).toBeLessThanOrEqual(A_CALL));
  });

  it("goes on with what is missing, and tells what is there as another file", async () => {
    const place = new Place();
    for (let n = 0; n < 150; n += 1) place.there.set(`${n}.png`, n === 7 ? 99 : 3);
    const outcome = await place.send(filesOf(300));
    expect(outcome).toMatchObject({ sent: 150, existing: 149, conflicting: ["7.png"], failed: [], left: [] });
    expect(outcome.bytes).toBe(900);
    expect(place.there.get("7.png")).toBe(99);
  });

  it("waits for a lost connection and then goes on by itself", async () => {
    const place = new Place();
    const waits: unknown[] = [];
    place.fault = (kind, _, turn) => (kind === "ask" ? turn < 8 : turn < 3) ? LOST : null;
    const outcome = await place.send(filesOf(3), undefined, ({ waiting }) => waits.push(waiting));
    expect(outcome).toMatchObject({ sent: 3, failed: [], waiting: null });
    expect(waits).toContain("connection");
  });

  it("takes a file that arrived without its answer for sent, and never sends over it", async () => {
    const place = new Place();
    place.fault = (kind, [name], turn) => (kind === "put" && name === "1.png" && turn === 1 ? { arrived: LOST } : null);
    const outcome = await place.send(filesOf(3));
    expect([outcome.sent, outcome.existing, outcome.failed]).toEqual([2, 1, []]);
    expect(place.put.filter((name) => name === "1.png")).toHaveLength(1);
  });

  it("asks anew for an address that is over", async () => {
    const place = new Place();
    place.fault = (kind, _, turn) => (kind === "put" && turn === 1 ? new Problem(403, {}) : null);
    const outcome = await place.send(filesOf(2));
    expect(outcome).toMatchObject({ sent: 2, failed: [], bytes: 6 });
    expect(place.waited).toEqual([]);
  });

  it("waits until somebody has signed in again", async () => {
    const place = new Place();
    const waits: unknown[] = [];
    place.fault = (kind, _, turn) => (kind === "ask" && turn < 3 ? new Problem(401, {}) : null);
    const outcome = await place.send(filesOf(2), undefined, ({ waiting }) => waits.push(waiting));
    expect(outcome).toMatchObject({ sent: 2, error: null });
    expect(waits).toContain("signIn");
  });

  it("gives a file up after some tries, and sends the others", async () => {
    const place = new Place();
    place.fault = (kind, [name]) => (kind === "put" && name === "1.png" ? LOST : null);
    const files = filesOf(3);
    const outcome = await place.send(files);
    expect(outcome.failed).toEqual([{ chosen: files[1], error: LOST }]);
    expect(outcome).toMatchObject({ sent: 2, left: [] });
    expect(place.put.filter((name) => name === "1.png")).toHaveLength(MOST_TRIES);
    place.fault = () => null;
    expect(await place.send(outcome.failed.map(({ chosen }) => chosen))).toMatchObject({ sent: 1, existing: 0 });
  });

  it("leaves out files that the service refuses by their names, and sends the others", async () => {
    const place = new Place();
    const message = "The name has a backslash.";
    place.fault = (kind, names) => {
      const index = kind === "ask" ? names.indexOf("1.png") : -1;
      return index < 0 ? null : new Problem(422, { errors: [{ field: `files.${index}.name`, message }] });
    };
    const outcome = await place.send(filesOf(3));
    expect(outcome.failed.map(({ chosen, error }) => [chosen.path, (error as Problem).message])).toEqual([["1.png", message]]);
    expect(outcome).toMatchObject({ sent: 2, left: [], error: null });
  });

  it("ends where the service refuses the whole, and says what is left", async () => {
    const place = new Place();
    const refusal = new Problem(403, {});
    place.fault = (kind, _, turn) => (kind === "ask" && turn === 2 ? refusal : null);
    const outcome = await place.send(filesOf(A_CALL + 5));
    expect(outcome.error).toBe(refusal);
    expect(outcome.sent + outcome.left.length).toBe(A_CALL + 5);
    expect(outcome.left.length).toBeGreaterThanOrEqual(5);
  });

  it("ends when it is cancelled, and what is left can be sent later", async () => {
    const place = new Place();
    const stop = new AbortController();
    const files = filesOf(50);
    const outcome = await place.send(files, stop, ({ sent }) => {
      if (sent === 20) stop.abort();
    });
    expect(outcome.error).toBeNull();
    expect(outcome.sent).toBeLessThan(50);
    expect(outcome.sent + outcome.left.length).toBe(50);
    const rest = await place.send(outcome.left);
    expect(rest.sent + rest.existing).toBe(outcome.left.length);
    expect(place.there.size).toBe(50);
  });
});
