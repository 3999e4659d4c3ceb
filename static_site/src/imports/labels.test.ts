import { describe, expect, it } from "vitest";
import { areTooMany, fateOf, mappingOf, namesake, newFirst, openOf, withCreated, type TheirLabel } from "./labels";

const label = (name: string, more: Partial<TheirLabel> = {}): TheirLabel => ({
  ...{ name, group: "", count: 1, known: null, alike: null },
  ...more,
});

describe("what becomes of a label of a file", () => {
  it("is the same where it is here, a new one where it is not", () => {
    expect(fateOf(label("Cat", { known: "Cat" }), {}, true)).toEqual({ kind: "same" });
    expect(fateOf(label("Bird"), {}, true)).toEqual({ kind: "new" });
  });

  it("is asked where it differs only by case", () => {
    expect(fateOf(label("cat", { alike: "Cat" }), {}, true)).toEqual({ kind: "ask" });
    expect(fateOf(label("cat", { alike: "Cat" }), {}, false)).toEqual({ kind: "ask" });
  });

  it("is what somebody has decided", () => {
    const decisions = { cat: { kind: "label", name: "Cat" }, Bird: { kind: "out" }, dog: { kind: "new" } } as const;
    expect(fateOf(label("cat", { alike: "Cat" }), decisions, true)).toEqual(decisions.cat);
    expect(fateOf(label("Bird"), decisions, true)).toEqual(decisions.Bird);
    expect(fateOf(label("dog", { alike: "Dog" }), decisions, true)).toEqual(decisions.dog);
  });

  it("is nothing for who may make no labels, and for names that labels cannot have", () => {
    expect(fateOf(label("Bird"), {}, false)).toEqual({ kind: "out" });
    expect(fateOf(label("dog"), { dog: { kind: "new" } }, false)).toEqual({ kind: "out" });
    expect(fateOf(label("x".repeat(101)), {}, true)).toEqual({ kind: "out" });
  });

  it("is the same again once it was made", () => {
    expect(fateOf(label("Bird", { known: "Bird" }), { Bird: { kind: "new" } }, true)).toEqual({ kind: "same" });
  });
});

describe("before an import", () => {
  const labels = [label("Cat", { known: "Cat" }), label("dog", { alike: "Dog" }), label("Bird"), label("Fish")];

  it("labels are to be made and to be asked about", () => {
    const { create, ask } = openOf(labels, { Fish: { kind: "out" } }, true);
    expect(create.map(({ name }) => name)).toEqual(["Bird"]);
    expect(ask.map(({ name }) => name)).toEqual(["dog"]);
  });

  it("labels are made behind those that are there, each once, in their groups", () => {
    const create = [label(" Bird "), label("Bird", { group: "Animals / Wild" }), label("Cat"), label("Owl", { group: "Animals / Wild" })];
    expect(withCreated([{ id: 1, name: "Cat", group: "Animals" }], create)).toEqual([
      { id: 1, name: "Cat", group: "Animals" },
      { name: "Bird", group: "" },
      { name: "Owl", group: "Animals/Wild" },
    ]);
  });

  it("there may be too many", () => {
    const there = Array.from({ length: 499 });
    expect(areTooMany(there, [1])).toBe(false);
    expect(areTooMany(there, [1, 2])).toBe(true);
    expect(areTooMany(Array.from({ length: 501 }), [])).toBe(false);
  });
});

describe("what is sent of decisions", () => {
  it("are the labels that have other names here, or are left out", () => {
    expect(mappingOf({ cat: { kind: "label", name: "Cat" }, Bird: { kind: "out" }, Fish: { kind: "new" } })).toEqual({
      cat: "Cat",
      Bird: null,
    });
  });
});

describe("the namesake of a label", () => {
  const there = [{ name: "Cat" }, { name: "Dog" }];

  it("is what the service takes it for", () => {
    expect(namesake(label("Cat ", { known: "Cat" }), there, {})).toBe("Cat");
    expect(namesake(label("Bird"), there, {})).toBeNull();
  });

  it("is offered again after another one was chosen, or none", () => {
    expect(namesake(label("Cat", { known: "Dog" }), there, { Cat: { kind: "label", name: "Dog" } })).toBe("Cat");
    expect(namesake(label("Cat"), there, { Cat: { kind: "out" } })).toBe("Cat");
    expect(namesake(label("Bird", { known: "Dog" }), there, { Bird: { kind: "label", name: "Dog" } })).toBeNull();
  });
});

describe("the order of labels", () => {
  const labels = [label("Cat", { known: "Cat" }), label("Hund"), label("Dog", { known: "Dog" }), label("Bird")];
  const there = [{ name: "Cat" }, { name: "Dog" }];

  it("has those first that are not here, each part as it was", () => {
    expect(newFirst(labels, there, {}).map(({ name }) => name)).toEqual(["Hund", "Bird", "Cat", "Dog"]);
  });

  it("stays while they are decided", () => {
    const hund = label("Hund", { known: "Dog" });
    const decisions = { Hund: { kind: "label", name: "Dog" }, Cat: { kind: "out" } } as const;
    const order = newFirst([labels[0], hund, ...labels.slice(2)].flatMap((one) => one ?? []), there, decisions);
    expect(order.map(({ name }) => name)).toEqual(["Hund", "Bird", "Cat", "Dog"]);
  });
});
