import { beforeEach, describe, expect, it } from "vitest";
import type { Lease, LeasedImage } from "../api/types";
import { divide, openPage } from "./divide";
import { draftOf, dropDraft, hasDraft, loadDraft, saveDraft } from "../outbox/drafts";
import { browserStore } from "../parts/browserStore";
import type { Mark } from "../tasks/marks";

const LABELS = [1, 2];
const cat: Mark = { kind: "tag", labels: [1] };
const image = (id: string): LeasedImage => ({
  id,
  name: `${id}.png`,
  previewUrl: "",
  thumbnailUrl: "",
  width: 1,
  height: 1,
  suggestions: null,
  rejected: null,
});
const lease: Lease = {
  id: "000001-aa",
  expiresAt: "2030-01-01T00:00:00Z",
  short: null,
  images: ["a", "b", "c", "d", "e"].map(image),
};
const idsOf = (pages: Lease[]) => pages.map((page) => page.images.map(({ id }) => id).join(""));

describe("a lease", () => {
  beforeEach(() => dropDraft(lease.id));

  it("is one page where the layout has room for it", () => {
    expect(divide(lease, 9)).toEqual([lease]);
  });

  it("is shown in parts in a smaller layout", () => {
    expect(idsOf(divide(lease, 2))).toEqual(["ab", "cd", "e"]);
  });

  it("keeps its labels however it is divided, and opens where something is left to label", () => {
    saveDraft(lease.id, { a: cat, b: cat, c: cat });
    const part = openPage(lease, 2);
    expect(part.images.map(({ id }) => id)).toEqual(["c", "d"]);
    expect(loadDraft(part.id, LABELS)).toEqual({ c: cat });
    saveDraft(part.id, { c: { kind: "skip", reason: "blurred" }, d: cat });
    const whole = openPage(lease, 9);
    expect(whole).toEqual(lease);
    expect(loadDraft(whole.id, LABELS)).toEqual({ a: cat, b: cat, c: { kind: "skip", reason: "blurred" }, d: cat });
  });

  it("loses a label that was cleared in a part", () => {
    saveDraft(lease.id, { a: cat, b: cat });
    saveDraft(openPage(lease, 1).id, {});
    const first = openPage(lease, 2).id;
    saveDraft("000001-aa/0", { b: cat });
    expect(first).toBe("000001-aa/2");
    expect(draftOf(lease.id)).toEqual({ b: cat });
  });

  it("opens where a suggestion was taken off, and keeps that in mind", () => {
    saveDraft(lease.id, { a: cat, b: cat, c: cat, d: { kind: "none" }, e: cat });
    const part = openPage(lease, 2);
    expect(part.images.map(({ id }) => id)).toEqual(["c", "d"]);
    expect(loadDraft(part.id, LABELS)).toEqual({ c: cat, d: { kind: "none" } });
  });

  it("opens its first page when all is labeled, so that it can be submitted", () => {
    saveDraft(lease.id, { a: cat, b: cat, c: cat, d: cat, e: cat });
    expect(openPage(lease, 4).images[0]?.id).toBe("a");
  });
});

describe("a draft", () => {
  it("is none without labels, and is dropped with all its parts", () => {
    saveDraft("x", {});
    expect(hasDraft("x")).toBe(false);
    saveDraft("x/4", { a: cat });
    expect(hasDraft("x")).toBe(true);
    expect(hasDraft("x/")).toBe(false);
    dropDraft("x");
    expect(draftOf("x")).toEqual({});
  });

  it("is read as it was kept when each image had one label", () => {
    const kept = { a: { kind: "tag", label: 1 }, b: { kind: "tag", label: 9 }, c: { kind: "none" } };
    browserStore.set("draft:z", JSON.stringify({ at: Date.now(), marks: kept }));
    expect(draftOf("z")).toMatchObject({ a: cat });
    expect(loadDraft("z", LABELS)).toEqual({ a: cat, c: { kind: "none" } });
  });

  it("has no labels with labels that are gone", () => {
    saveDraft("y", { a: cat, b: { kind: "tag", labels: [9] }, c: { kind: "skip", reason: "" } });
    expect(loadDraft("y", LABELS)).toEqual({ a: cat, c: { kind: "skip", reason: "" } });
  });
});
