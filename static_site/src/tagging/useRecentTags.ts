import { useState } from "react";
import type { Label } from "../api/types";
import { loadRecentTags, saveRecentTags, withRecentTag } from "./recent";

/** Three rows of two. */
const SLOTS = 6;

interface RecentTags {
  /** The last used labels, each in its slot, so that they do not move while they are used. */
  recent: Label[];
  /** Those of them without a key, the latest first. */
  keyless: Label[];
  note: (labelId: number) => void;
}

export function useRecentTags(projectId: string, labels: readonly Label[]): RecentTags {
  const [tags, setTags] = useState(() => loadRecentTags(projectId));
  const byId = new Map(labels.map((label) => [label.id, label]));
  const known = tags.filter((tag) => byId.has(tag.label));
  const labelsOf = (some: typeof tags) => some.flatMap((tag) => byId.get(tag.label) ?? []);
  const note = (labelId: number) => {
    const noted = withRecentTag(known, labelId, SLOTS);
    saveRecentTags(projectId, noted);
    setTags(noted);
  };
  const latest = labelsOf(known.toSorted((one, other) => other.turn - one.turn));
  return { recent: labelsOf(known), keyless: latest.filter((label) => !label.key), note };
}
