import { describe, expect, it } from "vitest";
import { agreement as said } from "../../../texts/agreement";
import { FEW } from "../../../parts/few";
import { leastFirst, meaningOf } from "./measures";

describe("what alpha means", () => {
  it.each([
    [1, "good"],
    [0.8, "good"],
    [0.79, "fair"],
    [0.667, "fair"],
    [0.66, "low"],
    [0, "chance"],
    [-0.2, "chance"],
    [null, "none"],
  ])("is said of %s", (alpha, meaning) => {
    expect(meaningOf({ images: FEW, alpha })).toBe(meaning);
  });

  it("is not said of few images", () => {
    expect(meaningOf({ images: FEW - 1, alpha: 1 })).toBe("few");
    expect(meaningOf({ images: 1, alpha: null })).toBe("few");
  });

  it("is never said to be whole where somebody differs", () => {
    expect(said.alphaOf(0.9999)).toBe("0.99");
    expect(said.alphaOf(1)).toBe("1.00");
    expect(said.alphaOf(-0.1)).toBe("−0.10");
    expect(said.alphaOf(-0.001)).toBe("0.00");
    expect(said.alphaOf(null)).toBe("–");
    expect(said.share(0.999)).toBe("99%");
  });
});

it("lists first the labels on which people agree least", () => {
  const rows = [0.9, null, -0.1, 1, 0.2].map((alpha) => ({ alpha }));
  expect(leastFirst(rows).map(({ alpha }) => alpha)).toEqual([-0.1, 0.2, 0.9, 1, null]);
});

it("says an interval in whole percents", () => {
  expect(said.range([0.881, 0.944])).toBe("88–94%");
  expect(said.alphaRange([-1, 0.5])).toBe("−1.00 to 0.50");
});
