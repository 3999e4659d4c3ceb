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
    expect(pastedLabels(text, ["Cat"])).toEqual({ names: ["Bear", "Fox"], leftOut: 3 });
  });

  it("ends where a project has no room for more", () => {
    const others = Array.from({ length: LABEL_LIMITS.most - 1 }, (_, index) => `label ${index}`);
    expect(pastedLabels("a\nb", others)).toEqual({ names: ["a"], leftOut: 1 });
  });
});

describe("two lists of labels", () => {
  it("are the same only with the same order, names and ids", () => {
    expect(sameLabels([cat, dog], [cat, dog])).toBe(true);
    expect(sameLabels([cat, dog], [dog, cat])).toBe(false);
    expect(sameLabels([cat], [{ name: "Cat" }])).toBe(false);
  });
});
