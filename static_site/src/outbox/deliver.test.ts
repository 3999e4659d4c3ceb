import { describe, expect, it } from "vitest";
import type { Opinion } from "../api/types";
import { said } from "./deliver";

const OWN: Opinion = { userId: "me", name: "me", labels: ["Cat"], skipped: false, at: "2026-01-02T00:00:00Z", decided: null };
const image = { state: "waiting" as const, labels: [], labeler: null, labeledAt: null };

describe("what somebody has said of an image", () => {
  it("is their own opinion while others have yet to look", () => {
    const own = { state: "labeled", labels: ["Cat"], labeler: "me", labeledAt: OWN.at };
    expect(said("me", { ...image, opinions: [{ ...OWN, userId: "you" }, OWN] })).toEqual(own);
    expect(said("me", { ...image, state: "leased", opinions: [OWN] })).toEqual(own);
    const skipped = { ...OWN, labels: [], skipped: true };
    expect(said("me", { ...image, opinions: [skipped] })).toMatchObject({ state: "skipped", labels: [] });
  });

  it("is how the image stands once that is decided, disputed, or nobody else was asked", () => {
    for (const state of ["labeled", "disputed"] as const)
      expect(said("me", { ...image, state, opinions: [OWN] })).toMatchObject({ state, labeler: null });
    expect(said("me", { ...image, opinions: [] })).toMatchObject({ state: "waiting", labeler: null });
  });
});
