import { expect, it } from "vitest";
import type { Labeler } from "../api/types";
import { own } from "../texts/labelers";
import { ownOf } from "./ownRow";

const [ann, bob] = [{ userId: "ann" }, { userId: "bob" }] as [Labeler, Labeler];

it("finds a labeler's own row, by whatever id the project knows them", () => {
  expect(ownOf([ann], "labeler", "another id")).toBe(ann);
  expect(ownOf([], "labeler", "ann")).toBeUndefined();
});

it("finds a reviewer's own row among all, and no other", () => {
  expect(ownOf([ann, bob], "reviewer", "bob")).toBe(bob);
  expect(ownOf([ann, bob], "administrator", "eve")).toBeUndefined();
});

it("says in words how far one agrees, with the interval", () => {
  const counted = { count: 209, of: 230, share: 209 / 230, interval: [0.871, 0.943] };
  expect(own.agreement(counted)).toBe("Your labels agree with others' on 91% of 230 images (87–94%).");
  expect(own.checked(counted)).toBe("In a check, 91% of 230 of your labels were right (87–94%).");
});
