import { describe, expect, it } from "vitest";
import { groupsOf, pathsTo, treeOf, unfolded, type TreeRow } from "./labelGroups";

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
