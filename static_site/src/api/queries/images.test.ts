import { describe, expect, it } from "vitest";
import { queryOf } from "./images";

const CAT = { id: 1, name: "Cat" };

describe("what is asked for a filter", () => {
  it("names labels by their ids", () => {
    const filter = { state: "labeled", labels: { match: "all", labels: [CAT, { id: 2, name: "Dog" }] } } as const;
    expect(queryOf(filter)).toEqual({ state: "labeled", match: "all", labels: "1,2" });
    expect(queryOf({ labels: { match: "any", labels: [CAT] } })).toEqual({ labels: "1" });
  });

  it("wants those disputed images first of which it is least sure what is right, and no others", () => {
    expect(queryOf({ state: "disputed", name: "cat" })).toEqual({ state: "disputed", name: "cat", order: "unsure" });
    for (const filter of [{}, { state: "labeled" }, { state: "disputed", doubted: true }] as const)
      expect(queryOf(filter)).toEqual(filter);
  });
});
