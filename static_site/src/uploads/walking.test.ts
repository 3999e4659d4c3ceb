import { describe, expect, it } from "vitest";
import { walk } from "./walking";

type Tree = { [name: string]: Tree | string };

/** As browsers give what was dropped: a folder's entries in portions of 100. */
function entryOf(name: string, content: Tree | string, above = ""): FileSystemEntry {
  const fullPath = `${above}/${name}`;
  if (typeof content === "string") {
    const file = (resolve: (file: File) => void, reject: (error: unknown) => void) =>
      content === "gone" ? reject(new DOMException("gone", "NotFoundError")) : resolve(new File([content], name));
    return { name, fullPath, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry;
  }
  const createReader = () => {
    const left = Object.entries(content).map(([child, below]) => entryOf(child, below, fullPath));
    return { readEntries: (resolve: (portion: FileSystemEntry[]) => void) => resolve(left.splice(0, 100)) };
  };
  return { name, fullPath, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry;
}

describe("what was dropped", () => {
  it("is walked whole, however many portions a folder has, with each file's path", async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, n) => [`${n}.png`, "x"]));
    const entries = [entryOf("pets", { cat: many, dog: { deep: { "1.png": "x" } }, empty: {} }), entryOf("a.png", "x")];
    const counts: number[] = [];
    const { found, unreadable } = await walk({ entries, files: [new File(["x"], "b.png")] }, (n) => counts.push(n));
    expect(found).toHaveLength(253);
    expect(found.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["pets/cat/249.png", "pets/dog/deep/1.png", "a.png", "b.png"]),
    );
    expect([unreadable, counts.at(-1)]).toEqual([0, 253]);
  });

  it("counts what cannot be read, and goes on", async () => {
    const entries = [entryOf("pets", { "a.png": "gone", "b.png": "x" })];
    const { found, unreadable } = await walk({ entries, files: [] }, () => undefined);
    expect([found.map(({ path }) => path), unreadable]).toEqual([["pets/b.png"], 1]);
  });

  it("is read no further once that is given up", async () => {
    const stop = new AbortController();
    const reading = walk({ entries: [entryOf("pets", { "a.png": "x" })], files: [] }, () => stop.abort(), stop.signal);
    await expect(reading).rejects.toThrow();
  });
});
