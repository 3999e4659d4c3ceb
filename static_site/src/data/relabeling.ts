/** What a correction makes of the labels of images. */

import type { ImageRow, NamedLabel, Project } from "../api/types";
import { rivalsOf } from "../tasks/rivals";

export const CHANGES = ["add", "remove", "set"] as const;
export type Change = (typeof CHANGES)[number];

/** Images get these labels beside those that they have, or lose them, or have these alone from now on. */
export interface Relabeling {
  change: Change;
  labels: readonly NamedLabel[];
}

export type Labels = Pick<Project, "labels" | "groups">;

/** The labels' names, in the project's order. What is added takes the place of labels that rule it out. */
export function labelsAfter(before: readonly string[], { change, labels }: Relabeling, known: Labels): string[] {
  const asked = labels.map(({ name }) => name);
  const rivals = change === "add" ? labels.flatMap(({ id }) => rivalsOf(known, id)) : [];
  const isKept = ({ id, name }: NamedLabel) => change !== "set" && before.includes(name) && !rivals.includes(id);
  return known.labels
    .filter((label) => (change === "remove" ? isKept(label) && !asked.includes(label.name) : isKept(label) || asked.includes(label.name)))
    .map(({ name }) => name);
}

/** Who has labeled an image rightly, stays its labeler; only a file that has changed is to be confirmed. */
export function isSettled(row: ImageRow, asked: Relabeling, known: Labels): boolean {
  if (asked.change === "remove") return !asked.labels.some(({ name }) => row.labels.includes(name));
  const after = labelsAfter(row.labels, asked, known);
  const isSame = after.length === row.labels.length && after.every((name) => row.labels.includes(name));
  return row.state === "labeled" && isSame && !row.changedSinceLabeled;
}

/** A label's key turns it on for all of these images; off, where all have it. */
export const turned = (rows: readonly ImageRow[], label: NamedLabel): Relabeling => ({
  change: rows.every((row) => row.labels.includes(label.name)) ? "remove" : "add",
  labels: [label],
});
