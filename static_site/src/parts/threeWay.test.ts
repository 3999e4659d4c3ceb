import { describe, expect, it } from "vitest";
import { changes, chosen, edited, threeWay } from "./threeWay";

const base = { name: "Pets", minutes: 15 };

describe("a draft on top of what others have saved meanwhile", () => {
  it("has what was changed here, and what was changed elsewhere", () => {
    const draft = { base, mine: { ...base, name: "Animals" } };
    expect(threeWay(draft, { ...base, minutes: 20 })).toEqual({ value: { name: "Animals", minutes: 20 }, clashes: [] });
  });

  it("clashes only where the same field became something else", () => {
    const draft = { base, mine: { name: "Animals", minutes: 20 } };
    expect(threeWay(draft, { name: "Zoo", minutes: 20 })).toEqual({
      value: { name: "Animals", minutes: 20 },
      clashes: ["name"],
    });
  });

  it("goes on clashing while more is changed here, also of the same field", () => {
    const theirs = { ...base, name: "Zoo" };
    let draft = { base, mine: { ...base, name: "Animals" } };
    draft = edited(draft, theirs, { minutes: 20 });
    draft = edited(draft, theirs, { name: "All animals" });
    expect(threeWay(draft, theirs)).toEqual({ value: { name: "All animals", minutes: 20 }, clashes: ["name"] });
  });

  it("takes what others save while it goes on", () => {
    const draft = edited({ base, mine: base }, { ...base, name: "Zoo" }, { minutes: 20 });
    expect(threeWay(draft, { ...base, name: "Park" })).toEqual({ value: { name: "Park", minutes: 20 }, clashes: [] });
  });

  it("has the version that was chosen", () => {
    const theirs = { ...base, name: "Zoo" };
    const draft = { base, mine: { name: "Animals", minutes: 20 } };
    expect(threeWay(chosen(draft, theirs, "name", "mine"), theirs)).toEqual({ value: draft.mine, clashes: [] });
    expect(threeWay(chosen(draft, theirs, "name", "theirs"), theirs)).toEqual({
      value: { name: "Zoo", minutes: 20 },
      clashes: [],
    });
  });

  it("clashes again when the same is changed once more elsewhere", () => {
    const draft = chosen({ base, mine: { ...base, name: "Animals" } }, { ...base, name: "Zoo" }, "name", "mine");
    expect(threeWay(draft, { ...base, name: "Park" }).clashes).toEqual(["name"]);
  });
});

describe("what is to be saved", () => {
  it("is what differs from what is saved", () => {
    expect(changes({ name: "Pets", minutes: 20 }, base)).toEqual({ minutes: 20 });
  });
});
