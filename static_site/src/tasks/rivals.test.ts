import { expect, it } from "vitest";
import type { Label } from "../api/types";
import { rivalsOf } from "./rivals";

const label = (id: number, group: string): Label => ({ id, name: `L${id}`, group, key: "", description: "", examples: [] });
const labels = [label(1, "Animal/Cat"), label(2, "Animal"), label(3, "Animals"), label(4, ""), label(5, "Place"), label(6, "Place")];
const groups = [
  { path: "Animal", exclusive: true },
  { path: "Place", exclusive: false },
];

it("are the other labels of an exclusive group, and of the groups below it", () => {
  expect([1, 2, 3, 4, 5].map((id) => rivalsOf({ labels, groups }, id))).toEqual([[2], [1], [], [], []]);
});
