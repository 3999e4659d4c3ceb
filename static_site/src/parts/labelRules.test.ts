import { describe, expect, it } from "vitest";
import { LABEL_LIMITS, pastedLabels, rebased, sameLabels } from "./labelRules";

const cat = { id: 1, name: "Cat" };
const dog = { id: 2, name: "Dog" };
const fox = { id: 3, name: "Fox" };

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

describe("an edited list, while others edit it too", () => {
  it("is as it was edited when nobody else did", () => {
    const edited = [{ ...dog, name: "Hound" }, cat, { name: "Bear" }];
    expect(rebased(edited, [cat, dog], [cat, dog])).toEqual(edited);
  });

  it("gets what others added and renamed, and loses what they removed", () => {
    const edited = [dog, cat, { name: "Bear" }];
    const current = [{ id: 1, name: "Tomcat" }, fox];
    expect(rebased(edited, [cat, dog], current)).toEqual([{ id: 1, name: "Tomcat" }, { name: "Bear" }, fox]);
  });

  it("keeps what was removed and renamed here", () => {
    expect(rebased([{ id: 1, name: "Kitten" }], [cat, dog], [{ id: 1, name: "Tomcat" }, dog])).toEqual([
      { id: 1, name: "Kitten" },
    ]);
  });

  it("is the same only with the same order, names and ids", () => {
    expect(sameLabels([cat, dog], [cat, dog])).toBe(true);
    expect(sameLabels([cat, dog], [dog, cat])).toBe(false);
    expect(sameLabels([cat], [{ name: "Cat" }])).toBe(false);
  });
});
