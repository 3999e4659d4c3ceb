import { describe, expect, it } from "vitest";
import { destination } from "./steps";

describe("a step in a grid of 4 columns and 10 images", () => {
  it.each([
    ["ArrowLeft", 0, 0],
    ["ArrowLeft", 5, 4],
    ["ArrowRight", 8, 9],
    ["ArrowRight", 9, 9],
    ["ArrowUp", 2, 2],
    ["ArrowUp", 6, 2],
    ["ArrowDown", 1, 5],
    ["ArrowDown", 5, 9],
    // Below is nothing, but there is a last row.
    ["ArrowDown", 7, 9],
    ["ArrowDown", 8, 8],
    ["Home", 7, 0],
    ["End", 0, 9],
    ["PageDown", 1, 5],
    ["PageDown", 7, 9],
    ["PageDown", 4, 8],
    ["PageUp", 9, 5],
    ["PageUp", 2, 2],
  ] as const)("%s from %i leads to %i", (step, from, to) => {
    expect(destination(step, from, 10, 4, 2)).toBe(to);
  });
});
