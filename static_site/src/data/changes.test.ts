import { expect, it } from "vitest";
import type { HistoryEntry } from "../api/types";
import { changeAt, wasEmpty } from "./changes";

const entry = (action: HistoryEntry["action"], ...labels: string[]) => ({ action, labels });

it("what was added and taken away since the entry before is told, whatever became of the file meanwhile", () => {
  const entries = [entry("restored", "Cat"), entry("changed"), entry("corrected", "Dog", "Car"), entry("labeled", "Cat", "Dog")];
  expect(changeAt(entries, 2)).toEqual({ added: ["Car"], takenAway: ["Cat"] });
  expect(changeAt(entries, 0)).toEqual({ added: ["Cat"], takenAway: ["Dog", "Car"] });
  expect([changeAt(entries, 1), changeAt(entries, 3)]).toEqual([null, null]);
});

it("nothing has changed where there was no annotation before, or where it is confirmed", () => {
  const entries = [entry("confirmed", "Cat"), entry("labeled", "Cat"), entry("rejected", "Dog"), entry("labeled", "Dog")];
  expect(entries.map((_, index) => changeAt(entries, index))).toEqual([null, null, null, null]);
  expect(changeAt([entry("corrected"), entry("labeled", "Cat")], 0)).toEqual({ added: [], takenAway: ["Cat"] });
  expect(changeAt([entry("corrected", "Cat"), entry("skipped")], 0)).toBeNull();
});

it("rejecting none of the labels is not rejecting what was skipped", () => {
  expect(wasEmpty([entry("rejected"), entry("labeled")], 0)).toBe(true);
  expect(wasEmpty([entry("rejected"), entry("skipped")], 0)).toBe(false);
  expect(wasEmpty([entry("rejected")], 0)).toBe(false);
});
