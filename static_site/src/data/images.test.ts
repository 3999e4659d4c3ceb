import { expect, it } from "vitest";
import type { ImageRow } from "../api/types";
import { withRows } from "./images";

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
