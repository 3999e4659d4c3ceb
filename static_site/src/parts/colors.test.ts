import { describe, expect, it } from "vitest";
import { contrast, labelBand, labelColor } from "./colors";

const shadesOf = (background: string): string[] => background.match(/#[0-9a-f]{6}/g) ?? [];
const ids = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe("a label's band", () => {
  it.each(ids(70))("of label %i is read well wherever its text stands", (id) => {
    const { background, color } = labelBand(id);
    for (const shade of shadesOf(background)) expect(contrast(shade, color)).toBeGreaterThanOrEqual(4.5);
  });

  it("is unlike any other's, though there are ten colors only", () => {
    expect(new Set(ids(10).map((id) => labelColor(id).background)).size).toBe(10);
    expect(new Set(ids(70).map((id) => labelBand(id).background)).size).toBe(70);
  });

  it("shows its stripes", () => {
    for (const id of ids(70).slice(10)) {
      const [one, other] = shadesOf(labelBand(id).background) as [string, string];
      expect(contrast(one, other)).toBeGreaterThanOrEqual(1.5);
    }
  });
});
