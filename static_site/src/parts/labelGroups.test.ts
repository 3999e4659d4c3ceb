import { describe, expect, it } from "vitest";
import { exclusiveGroups, groupsOf, mergedPaths, movedBy, movedTo, pathOf, pathsTo, renamedGroup, renamedPaths, treeOf, unfolded, type TreeRow } from "./labelGroups";

const LABELS = [
  { name: "Cat", group: "Animal/Domestic" },
  { name: "Oak", group: "Plant" },
  { name: "Moth", group: "Animal" },
  { name: "Wolf", group: "Animal/Wild" },
  { name: "Uncertain", group: "" },
  { name: "Dog", group: "Animal/Domestic" },
];

const drawn = (rows: readonly TreeRow<{ name: string }>[]): string[] =>
  rows.map((row) => " ".repeat(row.depth) + (row.kind === "group" ? `${row.name} (${row.labels.length})` : row.label.name));

describe("groups of labels", () => {
  it("stand once each, after those above them, in the order of the labels", () => {
    expect(groupsOf(LABELS)).toEqual(["Animal", "Animal/Domestic", "Plant", "Animal/Wild"]);
    expect(pathsTo("")).toEqual([]);
  });

  it("gather their labels, those of their own before the groups in them", () => {
    expect(drawn(treeOf(LABELS))).toEqual([
      "Uncertain",
      "Animal (4)",
      " Moth",
      " Domestic (2)",
      "  Cat",
      "  Dog",
      " Wild (1)",
      "  Wolf",
      "Plant (1)",
      " Oak",
    ]);
  });

  it("hide what is in them while they are folded, and no group whose name only begins like theirs", () => {
    const labels = [...LABELS, { name: "Robot", group: "Animal toys" }];
    expect(drawn(unfolded(treeOf(labels), new Set(["Animal", "Animal/Wild"])))).toEqual([
      "Uncertain",
      "Animal (4)",
      "Plant (1)",
      " Oak",
      "Animal toys (1)",
      " Robot",
    ]);
  });

  it("leave labels without groups as they are", () => {
    expect(drawn(treeOf([{ name: "Cat" }, { name: "Dog" }]))).toEqual(["Cat", "Dog"]);
  });
});

describe("labels that are moved", () => {
  const paths = (labels: readonly { name: string; group?: string | undefined }[] | undefined) => labels?.map(pathOf).join(" ");
  const [cat, oak, moth] = LABELS as [(typeof LABELS)[0], (typeof LABELS)[0], (typeof LABELS)[0]];

  it("pass the others of their group, and no border of it", () => {
    expect(movedBy(LABELS, 0, 1)?.[1]).toBe(5);
    expect(movedBy(LABELS, 0, 1)?.[0].at(-1)).toBe(cat);
    expect(movedBy(LABELS, 0, -1)).toBeUndefined();
    expect(movedBy(LABELS, 1, 1)).toBeUndefined();
  });

  it("get into another group, behind those in it or before one", () => {
    expect(paths(movedTo([cat, oak, moth], oak, "Animal/Domestic"))).toBe("Animal/Domestic/Cat Animal/Domestic/Oak Animal/Moth");
    expect(paths(movedTo([cat, oak, moth], moth, "Animal/Domestic", cat))).toBe("Animal/Domestic/Moth Animal/Domestic/Cat Plant/Oak");
    expect(paths(movedTo([cat, oak, moth], cat, ""))).toBe("Plant/Oak Animal/Moth Cat");
  });

  it("go along with their group, into another one too", () => {
    expect(paths(renamedGroup([cat, oak, moth], "Animal", "Plant"))).toBe("Plant/Domestic/Cat Plant/Oak Plant/Moth");
    expect(paths(renamedGroup([cat, oak, moth], "Animal/Domestic", "Animal"))).toBe("Animal/Cat Plant/Oak Animal/Moth");
    expect(paths(renamedGroup([cat, oak, moth], "Animal", ""))).toBe("Domestic/Cat Plant/Oak Moth");
  });
});

describe("exclusive groups", () => {
  it("are sent as far as there are labels in them", () => {
    expect(exclusiveGroups(LABELS, ["Plant", "Mineral", "Animal"])).toEqual([
      { path: "Animal", exclusive: true },
      { path: "Plant", exclusive: true },
    ]);
  });

  it("follow a group that is renamed, and are merged with what others have changed", () => {
    expect(renamedPaths(["Animal", "Animal/Wild", "Plant"], "Animal", "Plant")).toEqual(["Plant", "Plant/Wild"]);
    expect(mergedPaths(["A", "B"], ["A", "C"], ["A", "B", "D"])).toEqual(["A", "D", "C"]);
    expect(mergedPaths(["A"], [], ["A"])).toEqual([]);
  });
});
