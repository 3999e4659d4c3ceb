import { useCallback, useState } from "react";
import type { Label } from "../api/types";
import { loadRecentLabels, saveRecentLabels, withRecentLabel } from "./recent";

/** Three rows of two. */
const SLOTS = 6;

interface RecentLabels {
  /** The last used labels, each in its slot, so that they do not move while they are used. */
  recent: Label[];
  /** Those of them without a key, the latest first. */
  keyless: Label[];
  note: (labelId: number) => void;
}

export function useRecentLabels(projectId: string, labels: readonly Label[]): RecentLabels {
  const [stored, setStored] = useState(() => loadRecentLabels(projectId));
  const byId = new Map(labels.map((label) => [label.id, label]));
  const known = stored.filter((one) => byId.has(one.label));
  const labelsOf = (some: typeof stored) => some.flatMap((one) => byId.get(one.label) ?? []);
  const note = useCallback(
    (labelId: number) => {
      // What another page or tab has noted meanwhile counts, too.
      const before = loadRecentLabels(projectId).filter((one) => labels.some((label) => label.id === one.label));
      const noted = withRecentLabel(before, labelId, SLOTS);
      saveRecentLabels(projectId, noted);
      setStored(noted);
    },
    [projectId, labels],
  );
  const latest = labelsOf(known.toSorted((one, other) => other.turn - one.turn));
  return { recent: labelsOf(known), keyless: latest.filter((label) => !label.key), note };
}
