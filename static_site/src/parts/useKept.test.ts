import { describe, expect, it } from "vitest";
import { fits } from "./useKept";

describe("what was kept in the browser", () => {
  const example = { name: "", minutes: 15, labels: [{ name: "" }] };

  it("is taken when it has the shape that is expected", () => {
    expect(fits({ name: "Cats", minutes: 5, labels: [] }, example)).toBe(true);
    expect(fits({ name: "Cats", minutes: 5, labels: [{ name: "Cat", id: 1 }] }, example)).toBe(true);
  });

  it("is passed over when another version of the site has left it", () => {
    expect(fits(null, example)).toBe(false);
    expect(fits({ name: "Cats", labels: [] }, example)).toBe(false);
    expect(fits({ name: "Cats", minutes: "5", labels: [] }, example)).toBe(false);
    expect(fits({ name: "Cats", minutes: 5, labels: ["Cat"] }, example)).toBe(false);
  });
});
