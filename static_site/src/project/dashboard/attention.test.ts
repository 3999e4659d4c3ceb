import { describe, expect, it } from "vitest";
import type { LabelerFigures, Progress, Project } from "../../api/types";
import { concernsOf, type Known } from "./attention";

const labelerOf = (name: string, changed: Partial<LabelerFigures>): LabelerFigures => ({
  userId: `id-${name}`,
  name,
  labeled: 0,
  skipped: 0,
  rejected: 0,
  reviewed: 0,
  labeledPerHour: 0,
  lastHours: [],
  ...changed,
});

const LABELS = ["Cat", "Dog", "Fox"].map((name, index) => ({ id: index + 1, name }));

function keys(progress: Partial<Progress>, changed: Partial<Known> = {}, project: Partial<Project> = {}): string[] {
  const known = {
    project: { id: "p", role: "administrator", inTrouble: false, labels: LABELS, ...project },
    progress: { labeled: 0, disputed: 0, unreadable: 0, returned: 0, byLabel: [], byLabeler: [], ...progress },
    isBoss: true,
    members: 1,
    mistakes: new Map(),
    ...changed,
  } as unknown as Known;
  return concernsOf(known).map((one) => one.key);
}

describe("what needs attention", () => {
  it("is nothing where all is well", () => {
    const byLabel = LABELS.map(({ name }) => ({ label: name, count: 20 }));
    const byLabeler = [
      labelerOf("ann", { labeled: 30, rejected: 1, labeledPerHour: 90 }),
      labelerOf("bob", { labeled: 30, rejected: 1, labeledPerHour: 60 }),
    ];
    expect(keys({ labeled: 60, byLabel, byLabeler })).toEqual([]);
  });

  it("is what somebody can do something about", () => {
    expect(keys({ disputed: 3, unreadable: 2, returned: 1 }, { members: 0 }, { inTrouble: true })).toEqual([
      "invite",
      "folder",
      "disputed",
      "unreadable",
      "returned",
    ]);
    // Who cannot see members or datastores is not told to look at them.
    expect(keys({}, { members: undefined, isBoss: false }, { inTrouble: true })).toEqual([]);
  });

  it("is a label with few images or none, once enough is labeled to tell", () => {
    const byLabel = [
      { label: "Cat", count: 50 },
      { label: "Dog", count: 3 },
    ];
    expect(keys({ labeled: 53, byLabel })).toEqual(["few", "unused"]);
    expect(keys({ labeled: 53, byLabel }, {}, { role: "reviewer" })).toEqual(["few"]);
    expect(keys({ labeled: 20, byLabel })).toEqual([]);
  });

  it("is somebody with possible mistakes, or much quicker or more often rejected than the others", () => {
    const byLabeler = [
      labelerOf("ann", { labeled: 80, rejected: 20, labeledPerHour: 600 }),
      labelerOf("bob", { labeled: 90, rejected: 2, labeledPerHour: 100 }),
      labelerOf("eve", { labeled: 40, rejected: 0, labeledPerHour: 120 }),
    ];
    const mistakes = new Map([
      ["id-bob", 2],
      ["id-eve", 7],
    ]);
    expect(keys({ byLabeler }, { mistakes })).toEqual([
      "mistakes|id-eve",
      "mistakes|id-bob",
      "quicker|id-ann",
      "rejected|id-ann",
    ]);
    expect(keys({ byLabeler: byLabeler.slice(0, 1) })).toEqual([]);
  });
});
