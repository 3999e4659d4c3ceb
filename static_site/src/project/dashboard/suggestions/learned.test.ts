import { describe, expect, it } from "vitest";
import type { Training } from "../../../api/types";
import { acceptsAll, curveOf, newestLearned, worstFirst } from "./learned";

const training = (labels: number, right: number, status: Training["status"] = "completed") =>
  ({ status, labels, right, sureShare: right / 2 }) as Training;

describe("trainings", () => {
  it("are drawn by how many labels they learned from, the newest of as many", () => {
    const trainings = [training(80, 0.9), training(0, 0, "failed"), training(60, 0.8), training(80, 0.7), training(40, 0.6)];
    expect(curveOf(trainings)).toEqual([
      { labels: 40, right: 0.6, sure: 0.3 },
      { labels: 60, right: 0.8, sure: 0.4 },
      { labels: 80, right: 0.9, sure: 0.45 },
    ]);
    expect(newestLearned([training(0, 0, "waiting"), ...trainings])).toBe(trainings[0]);
    expect(newestLearned([training(0, 0, "failed")])).toBeUndefined();
  });

  it("name the labels that they tell worst first", () => {
    const label = (name: string, count: number, right: number | null) => ({ label: name, count, right, precision: right });
    const labels = [label("a", 5, null), label("b", 5, 0.9), label("c", 9, 0.5), label("d", 20, 0.5)];
    expect(worstFirst(labels, true).map((one) => one.label)).toEqual(["d", "c", "b", "a"]);
    // Found everywhere, and in as many images that do not have it.
    const wide = { ...label("e", 30, 1), precision: 0.4 };
    expect(worstFirst([...labels, wide], true).map((one) => one.label)).toEqual(["d", "c", "b", "e", "a"]);
    expect(worstFirst([...labels, wide], false).map((one) => one.label)).toEqual(["e", "d", "c", "b", "a"]);
  });
});

describe("who accepts everything", () => {
  const labeler = (accepted: number, changed: number) => ({ userId: "x", name: "x", accepted, changed });
  const all = labeler(50, 0);

  it("is told where others or hidden suggestions found mistakes", () => {
    expect(acceptsAll(all, { byLabeler: [all, labeler(20, 1)], hidden: null })).toBe(true);
    expect(acceptsAll(all, { byLabeler: [all], hidden: { images: 20, right: 19 } })).toBe(true);
  });

  it("is not where there may be none, or it was little", () => {
    expect(acceptsAll(all, { byLabeler: [all, labeler(90, 0)], hidden: { images: 20, right: 20 } })).toBe(false);
    expect(acceptsAll(labeler(49, 0), { byLabeler: [labeler(20, 1)], hidden: null })).toBe(false);
    expect(acceptsAll(labeler(500, 1), { byLabeler: [labeler(500, 1)], hidden: null })).toBe(false);
  });
});
