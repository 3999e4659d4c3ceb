import { describe, expect, it } from "vitest";
import { findLabels } from "./findLabels";

const LABELS = ["Dog", "Hot dog", "Cat", "Wild cat", "Dog, young"].map((name, at) => ({ id: at + 1, name }));
const found = (sought: string): string[] => findLabels(LABELS, sought).map((label) => label.name);

describe("the search among labels", () => {
  it("finds all where nothing is sought, in their order", () => {
    expect(found(" ")).toEqual(LABELS.map((label) => label.name));
  });

  it("finds parts of a name in any case; those that begin so come first", () => {
    expect(found("DOG")).toEqual(["Dog", "Dog, young", "Hot dog"]);
    expect(found("cat")).toEqual(["Cat", "Wild cat"]);
  });

  it("puts the label of this very name first, then beginnings of the name, of a word, and parts", () => {
    const labels = ["Brother", "The others", "Other vegetables", "Other"].map((name) => ({ name }));
    expect(findLabels(labels, "other").map(({ name }) => name)).toEqual([
      "Other",
      "Other vegetables",
      "The others",
      "Brother",
    ]);
    expect(findLabels(labels, " OTHER ")[0]?.name).toBe("Other");
  });

  it("wants all words, in any order", () => {
    expect(found("cat wi")).toEqual(["Wild cat"]);
    expect(found("cat dog")).toEqual([]);
  });

  it("finds along the groups, behind what has the words in its name", () => {
    const labels = [
      { name: "Cat", group: "Animal/Domestic" },
      { name: "Wild cat", group: "Animal/Wild" },
      { name: "Anise", group: "Plant" },
      { name: "Animal" },
    ];
    const names = (sought: string) => findLabels(labels, sought).map(({ name }) => name);
    expect(names("ani cat")).toEqual(["Cat", "Wild cat"]);
    expect(names("animal/cat")).toEqual(["Cat", "Wild cat"]);
    expect(names("ani")).toEqual(["Anise", "Animal", "Cat", "Wild cat"]);
    expect(names("dom")).toEqual(["Cat"]);
    expect(names("plant cat")).toEqual([]);
  });
});
