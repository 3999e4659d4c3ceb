import { describe, expect, it } from "vitest";
import { opinionTexts } from "../texts/opinions";
import { areWhole, costOf, ONE_PERSON, opinionsOf, tidyOpinions, toOpinions, type OpinionsSettings } from "./opinions";
import { saidOf } from "./opinionWords";

const ONE = { least: 1, most: 1, share: 0, until: null };
const but = (changed: Partial<OpinionsSettings>): OpinionsSettings => ({ ...ONE_PERSON, ...changed });

describe("how many people look at an image", () => {
  it("comes back as it was sent, whoever has set it", () => {
    const all = [
      ONE,
      { least: 2, most: 3, share: 1, until: null },
      { least: 3, most: 3, share: 0.07, until: null },
      { least: 1, most: 2, share: 0, until: 0.951 },
      // What no field of the page asks for.
      { least: 1, most: 3, share: 0, until: null },
      { least: 2, most: 3, share: 0.2, until: 0.9 },
      { least: 1, most: 1, share: 0, until: 0.9 },
      { least: 1, most: 3, share: 0.5, until: null },
      { least: 2, most: 3, share: 0, until: null },
    ];
    expect(all.map((opinions) => toOpinions(opinionsOf({ opinions })))).toEqual(all);
    expect(all.map((opinions) => opinionsOf({ opinions }).way)).toEqual([
      "one",
      "each",
      "share",
      "unsure",
      "other",
      "other",
      "other",
      "other",
      "other",
    ]);
  });

  it("has round numbers, and those of one person for what its way does not need", () => {
    expect(opinionsOf({ opinions: { least: 3, most: 3, share: 0.07, until: null } }).share).toBe("7");
    expect(opinionsOf({ opinions: { ...ONE, most: 2, until: 0.951 } })).toEqual(but({ way: "unsure", most: 2, sure: "95.1" }));
    expect(opinionsOf({ opinions: { least: 3, most: 3, share: 1, until: null } })).toEqual(but({ way: "each", people: 3 }));
    expect(toOpinions(but({ way: "unsure", sure: "57.3" })).until).toBe(0.573);
  });

  it("never ends before all are asked who are to look", () => {
    expect(toOpinions(but({ way: "each", people: 4, most: 3 }))).toMatchObject({ least: 4, most: 4 });
    expect(toOpinions(but({ way: "unsure", most: 1 }))).toMatchObject({ least: 1, most: 2 });
  });

  it("needs the numbers of its way alone", () => {
    expect(areWhole(but({ way: "each", share: "", sure: "" }))).toBe(true);
    for (const share of ["", "0", "101", "many"]) expect(areWhole(but({ way: "share", share }))).toBe(false);
    for (const sure of ["", "49.9", "100"]) expect(areWhole(but({ way: "unsure", sure }))).toBe(false);
    expect(areWhole(but({ way: "share", share: "0.1" })) && areWhole(but({ way: "unsure", sure: "99.9" }))).toBe(true);
  });

  it("is not another for what it does not need", () => {
    expect(tidyOpinions(but({ people: 5, share: "20" }))).toEqual(ONE_PERSON);
    expect(tidyOpinions(but({ way: "share", share: "100" })).way).toBe("each");
    expect(tidyOpinions(but({ way: "share", share: "" })).share).toBe("");
  });

  it("is said in a sentence", () => {
    const said = (opinions: typeof ONE | { least: number; most: number; share: number; until: number }) =>
      saidOf(opinionsOf({ opinions }));
    expect(said(ONE)).toBe("One person looks at each image.");
    expect(said({ ...ONE, least: 2, most: 3, share: 1 })).toBe("2 people look at each image, up to 3 while they disagree.");
    expect(said({ ...ONE, least: 2, most: 3, share: 0.1 })).toBe(
      "2 people look at 10% of the images, up to 3 while they disagree, one at all others.",
    );
    expect(said({ ...ONE, most: 2, until: 0.95 })).toContain("up to 2 where the label is less than 95% likely right");
  });
});

describe("what it costs in labels", () => {
  const cost = (changed: object) => costOf({ ...ONE, ...changed });

  it("is a label for each person", () => {
    expect(cost({})).toEqual({ from: 1, to: 1, isGuess: false });
    expect(cost({ least: 3, most: 3, share: 1 })).toEqual({ from: 3, to: 3, isGuess: false });
    expect(cost({ least: 2, most: 2, share: 0.2 })).toEqual({ from: 1.2, to: 1.2, isGuess: false });
  });

  it("has one more where they disagree, which as many as are odd do not", () => {
    expect(cost({ least: 2, most: 3, share: 1 })).toEqual({ from: 2.1, to: 2.1, isGuess: true });
    expect(cost({ least: 2, most: 9, share: 1 }).from).toBeCloseTo(2.1);
    expect(cost({ least: 3, most: 9, share: 1 })).toEqual({ from: 3, to: 3, isGuess: false });
    expect(cost({ least: 4, most: 5, share: 1 }).from).toBeCloseTo(4.015);
    expect(cost({ least: 2, most: 3 })).toEqual({ from: 1, to: 1, isGuess: false });
  });

  it("is between two figures where it hangs on how sure one is", () => {
    expect(cost({ most: 3, until: 0.95 })).toEqual({ from: 1, to: 3, isGuess: false });
  });

  it("is told for so many images", () => {
    const said = (changed: object, images = 10_000) => opinionTexts.cost(cost(changed), { count: images, isLeft: images < 100 });
    expect(said({})).toBe("1 label an image: 10,000 for 10,000 images.");
    expect(said({ least: 2, most: 2, share: 0.2 })).toBe("About 1.2 labels an image: 12,000 for 10,000 images.");
    expect(said({ least: 2, most: 3, share: 1 }, 60)).toBe(
      "About 2.1 labels an image: 126 for 60 images still to be labeled. This assumes that two people disagree on one image in ten.",
    );
    expect(said({ most: 3, until: 0.9 })).toBe("1 to 3 labels an image: 10,000 to 30,000 for 10,000 images.");
    expect(said({}, 0)).toBe("1 label an image.");
  });
});
