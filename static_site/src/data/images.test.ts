import { expect, it } from "vitest";
import type { ImageRow } from "../api/types";
import { stillDoubted, withRows } from "./images";

const row = (id: string, labels: string[] = []) => ({ id, labels }) as unknown as ImageRow;

it("only the pages that hold a changed row are others", () => {
  const data = {
    pages: [{ items: [row("a"), row("b")], nextCursor: "next" }, { items: [row("c")] }],
    pageParams: [undefined, "next"],
  };
  const changed = withRows(data, new Map([["b", row("b", ["Dog"])]]));
  expect(changed.pages[0]).toEqual({ items: [row("a"), row("b", ["Dog"])], nextCursor: "next" });
  expect(changed.pages[1]).toBe(data.pages[1]);
  expect(changed.pageParams).toBe(data.pageParams);
});

it("a label is doubted on until the image is labeled anew", () => {
  const suggestions = [{ label: "Dog", confidence: 0.9, sure: true, likely: true }];
  const doubted = { ...row("a", ["Cat"]), labeledAt: "2026-01-01T00:00:00Z", suggestions };
  const fetched = { ...doubted, suggestions: null, thumbnailUrl: "anew" };
  expect(stillDoubted(fetched, doubted)).toEqual({ ...fetched, suggestions });
  const again = { ...fetched, labeledAt: "2026-01-02T00:00:00Z" };
  expect(stillDoubted(again, doubted)).toBe(again);
  expect(stillDoubted(fetched, undefined)).toBe(fetched);
  const right = { ...fetched, reviewed: true };
  expect(stillDoubted(right, doubted)).toBe(right);
});
