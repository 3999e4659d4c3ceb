import { useState } from "react";
import type { Label } from "../api/types";
import { DIGITS, RECENT_KEYS } from "./keys";
import { loadRecentTags, saveRecentTags, withRecentTag } from "./recent";

/** The last used of the tags that have no digit, each in its slot, and what notes that one was used. */
export function useRecentTags(projectId: string, labels: readonly Label[]): [Label[], (labelId: number) => void] {
  const [tags, setTags] = useState(() => loadRecentTags(projectId));
  const beyond = new Map(labels.slice(DIGITS).map((label) => [label.id, label]));
  const known = tags.filter((tag) => beyond.has(tag.label));
  const note = (labelId: number) => {
    if (!beyond.has(labelId)) return;
    const noted = withRecentTag(known, labelId, RECENT_KEYS.length);
    saveRecentTags(projectId, noted);
    setTags(noted);
  };
  return [known.flatMap((tag) => beyond.get(tag.label) ?? []), note];
}
