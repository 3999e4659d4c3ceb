import { describe, expect, it } from "vitest";
import { chosenLabels, editedLabels, mergeLabels, type LabelClash, type LabelDraft } from "./labelMerge";
import type { EditedLabel } from "./labelRules";

const cat = { id: 1, name: "Cat" };
const dog = { id: 2, name: "Dog" };
const fox = { id: 3, name: "Fox" };
const owl = { id: 4, name: "Owl" };
const base = [cat, dog, fox];
const named = (label: EditedLabel, name: string): EditedLabel => ({ ...label, name });

const merged = (mine: EditedLabel[], theirs: EditedLabel[]) => mergeLabels({ base, mine }, theirs);
const agreed = (labels: EditedLabel[]) => ({ labels, clashes: [] });

describe("edited labels, while others edit them too", () => {
  it("are as they were edited when nobody else did", () => {
    const mine = [named(dog, "Hound"), cat, { name: "Bear" }];
    expect(merged(mine, base)).toEqual(agreed(mine));
  });

  it("get what others added, renamed and ordered, and lose what they removed", () => {
    const mine = [cat, { name: "Bear" }, dog, fox];
    expect(merged(mine, [fox, owl, named(cat, "Tomcat")])).toEqual(
      agreed([fox, owl, named(cat, "Tomcat"), { name: "Bear" }]),
    );
  });

  it("keep what was renamed, removed and ordered here", () => {
    const mine = [fox, named(cat, "Kitten")];
    expect(merged(mine, [cat, dog, owl, fox])).toEqual(agreed([fox, named(cat, "Kitten"), owl]));
  });

  it("have a label once that was added here and elsewhere", () => {
    expect(merged([...base, { name: " Owl" }], [...base, owl])).toEqual(agreed([...base, owl]));
  });

  it("do not clash over what became the same", () => {
    const same = [named(cat, "Kitten"), fox];
    expect(merged(same, same)).toEqual(agreed(same));
  });

  it("get into the groups into which they were moved here and elsewhere", () => {
    const mine = [{ ...cat, group: "Animal" }, dog, fox];
    expect(merged(mine, [cat, dog, { ...fox, group: "Wild" }])).toEqual(
      agreed([{ ...cat, group: "Animal" }, dog, { ...fox, group: "Wild" }]),
    );
  });

  it("keep the very objects of what nothing changed in", () => {
    const { labels } = merged([cat, dog, named(fox, "Vixen")], [cat, named(dog, "Hound"), fox]);
    expect(labels[0]).toBe(cat);
  });
});

const CLASHES: Record<string, { mine: EditedLabel[]; theirs: EditedLabel[]; clash: LabelClash; keeps: EditedLabel[] }> = {
  "two names": {
    mine: [named(cat, "Kitten"), dog, fox],
    theirs: [named(cat, "Tomcat"), dog, fox],
    clash: { kind: "label", id: 1, base: "Cat", mine: "Kitten", theirs: "Tomcat" },
    keeps: [named(cat, "Kitten"), dog, fox],
  },
  "two groups": {
    mine: [{ ...cat, group: "Animal" }, dog, fox],
    theirs: [{ ...cat, group: "Pet" }, dog, fox],
    clash: { kind: "label", id: 1, base: "Cat", mine: "Animal/Cat", theirs: "Pet/Cat" },
    keeps: [{ ...cat, group: "Animal" }, dog, fox],
  },
  "a name and a removal elsewhere": {
    mine: [cat, named(dog, "Hound"), fox],
    theirs: [cat, fox, owl],
    clash: { kind: "label", id: 2, base: "Dog", mine: "Hound", theirs: undefined },
    keeps: [cat, { name: "Hound" }, fox, owl],
  },
  "a removal here and a name elsewhere": {
    mine: [cat, fox],
    theirs: [cat, named(dog, "Hound"), fox],
    clash: { kind: "label", id: 2, base: "Dog", mine: undefined, theirs: "Hound" },
    keeps: [cat, fox],
  },
  "two orders": {
    mine: [fox, cat, dog],
    theirs: [dog, cat, fox],
    clash: { kind: "order" },
    keeps: [fox, cat, dog],
  },
};

describe.each(Object.entries(CLASHES))("a clash of %s", (_, { mine, theirs, clash, keeps }) => {
  const draft: LabelDraft = { base, mine };

  it("is found, and stays as it is here while other things are edited", () => {
    expect(mergeLabels(draft, theirs).clashes).toEqual([clash]);
    const more = [...mergeLabels(draft, theirs).labels, { name: "Bear" }];
    const later = mergeLabels(editedLabels(draft, theirs, more), theirs);
    expect(later).toEqual({ labels: more, clashes: [clash] });
  });

  it("ends with the version that was chosen", () => {
    expect(mergeLabels(chosenLabels(draft, theirs, clash, "mine"), theirs)).toEqual(agreed(keeps));
    expect(mergeLabels(chosenLabels(draft, theirs, clash, "theirs"), theirs)).toEqual(agreed(theirs));
  });
});
