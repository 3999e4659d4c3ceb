import { describe, expect, it } from "vitest";
import { areNames, LABEL_LIMITS, pastedLabels, sameLabels, twiceIn } from "./labelRules";

const cat = { id: 1, name: "Cat" };
const dog = { id: 2, name: "Dog" };

describe("the names in a list", () => {
  it("are each there once, and none is empty", () => {
    expect(areNames(["Cat", "Dog"])).toBe(true);
    expect(areNames(["Cat", " Cat"])).toBe(false);
    expect(areNames(["Cat", " "])).toBe(false);
    expect(twiceIn(["Cat", "Dog", " Cat", "Cat "])).toEqual(["Cat", "Cat"]);
  });
});

describe("a pasted list of labels", () => {
  it("adds each line, and leaves out what is there or is no name", () => {
    const text = `Bear\r\n Fox \n\nCat\nBear\n${"x".repeat(LABEL_LIMITS.length + 1)}`;
    expect(pastedLabels(text, ["Cat"])).toEqual({ labels: [{ name: "Bear" }, { name: "Fox" }], leftOut: 3 });
  });

  it("ends where a project has no room for more", () => {
    const others = Array.from({ length: LABEL_LIMITS.most - 1 }, (_, index) => `label ${index}`);
    expect(pastedLabels("a\nb", others)).toEqual({ labels: [{ name: "a" }], leftOut: 1 });
  });

  it("reads groups before the name, and leaves out what is no path", () => {
    const text = "Animal/Cat\n Animal / Domestic / Dog\n/Cow\nAnimal//Pig\nAnimal/\nPlant/Cat\na/b/c/d/e/f/g\na/b/c/d/e/f/g/h";
    expect(pastedLabels(text, [])).toEqual({
      labels: [
        { name: "Cat", group: "Animal" },
        { name: "Dog", group: "Animal/Domestic" },
        { name: "g", group: "a/b/c/d/e/f" },
      ],
      leftOut: 5,
    });
  });
});

describe("two lists of labels", () => {
  it("are the same only with the same order, names, groups and ids", () => {
    expect(sameLabels([cat, dog], [cat, dog])).toBe(true);
    expect(sameLabels([cat, dog], [dog, cat])).toBe(false);
    expect(sameLabels([cat], [{ name: "Cat" }])).toBe(false);
    expect(sameLabels([cat], [{ ...cat, group: "" }])).toBe(true);
    expect(sameLabels([cat], [{ ...cat, group: "Animal" }])).toBe(false);
  });
});
