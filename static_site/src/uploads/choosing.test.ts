import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { foldersOf, kindLeftOut, labelFolders, MOST_BYTES, sortOut, TAKEN, type Found } from "./choosing";

const fileOf = (path: string, bytes = 3): Found => {
  const file = new File(["abc"], path.slice(path.lastIndexOf("/") + 1));
  Object.defineProperty(file, "size", { value: bytes });
  return { path, file };
};

describe("what is taken of what was chosen", () => {
  it("is what the service takes for an image", () => {
    const source = readFileSync(new URL("../../../functions/datastores/kinds.py", import.meta.url), "utf8");
    const taken = /^TAKEN = \((.*?)^\)/ms.exec(source)?.[1] ?? "";
    expect([...taken.matchAll(/"(\.\w+)"/g)].map((found) => found[1])).toEqual(TAKEN);
    const wire = readFileSync(new URL("../../../functions/datastores/wire.py", import.meta.url), "utf8");
    expect(wire).toContain(`LARGEST_UPLOAD = ${MOST_BYTES / 1024 / 1024} * 1024 * 1024`);
  });

  it("leaves out what is no image by its name, in any case, and says of which kind it is", () => {
    const kinds = ["a/Cat.JPG", ".DS_Store", "a/Thumbs.db", "notes.TXT", "README", "._cat.jpg", "cat.jpg.part", "x.j xl"];
    expect(kinds.map(kindLeftOut)).toEqual([null, ".DS_Store", ".db", ".txt", "other", "._*", ".part", "other"]);
  });

  it("leaves out what is empty or too large, each counted", async () => {
    const all = [
      ...[fileOf("a.png"), fileOf("b.png", 0), fileOf("c.png", MOST_BYTES), fileOf("d.png", MOST_BYTES + 1)],
      ...[fileOf("e.txt", 0), fileOf("f.txt"), fileOf("g.jxl")],
    ];
    const { taken, leftOut } = await sortOut(all, () => undefined, new AbortController().signal);
    expect(taken.map(({ path }) => path)).toEqual(["a.png", "c.png"]);
    expect(leftOut).toEqual({ kinds: { ".txt": 2, ".jxl": 1 }, empty: 1, tooLarge: 1, unreadable: 0 });
  });
});

describe("many files", () => {
  it("do not keep the page from drawing, though the size of each takes a moment, and can be given up", async () => {
    const stop = new AbortController();
    const file = new File([], "a.png");
    const wait = () => {
      for (const end = performance.now() + 1; performance.now() < end; );
      return 3;
    };
    Object.defineProperty(file, "size", { get: wait });
    const slow = Array.from({ length: 1_000 }, (_, n) => ({ path: `${n}.png`, file }));
    let looked = 0;
    setTimeout(() => stop.abort());
    await expect(sortOut(slow, (count) => (looked = count), stop.signal)).rejects.toThrow();
    expect(looked).toBeLessThan(slow.length);
  });
});

describe("folders that may be labels", () => {
  const of = (...paths: string[]) => labelFolders(foldersOf(paths.map((path) => fileOf(path))));

  it("are those between which all images are divided", () => {
    expect(of("pets/dog/1.png", "pets/cat/1.png", "pets/cat/deep/2.png")).toEqual(["cat", "dog"]);
    expect(of("dog/1.png", "cat/1.png")).toEqual(["cat", "dog"]);
    expect(of("10/a.png", "9/a.png")).toEqual(["9", "10"]);
  });

  it("are not the parts of a dataset, but what is in these", () => {
    expect(of("pets/train/cat/1.png", "pets/train/dog/2.png", "pets/Val/cat/3.png")).toEqual(["cat", "dog"]);
    expect(of("train/1.png", "val/2.png")).toEqual([]);
  });

  it("are none where an image lies in no folder, in only one, or where there are too many", () => {
    expect(of("1.png")).toEqual([]);
    expect(of("pets/1.png", "pets/2.png")).toEqual([]);
    expect(of("pets/1.png", "pets/cat/2.png", "pets/dog/3.png")).toEqual([]);
    expect(labelFolders(Array.from({ length: 100 }, (_, n) => `f${n}`))).toHaveLength(100);
    expect(labelFolders(Array.from({ length: 101 }, (_, n) => `f${n}`))).toEqual([]);
    expect(labelFolders([])).toEqual([]);
  });

  it("are none where a name cannot be a label's", () => {
    expect(of("cat/1.png", " /2.png")).toEqual([]);
    expect(of("cat/1.png", `${"x".repeat(101)}/2.png`)).toEqual([]);
    expect(of("cat/1.png", "cat /2.png")).toEqual([]);
  });
});
