import { browserStore } from "../shell/browserStore";

/** What was used last in a project, kept in this browser. */

const keyOf = (what: string, projectId: string): string => `recent-${what}:${projectId}`;

function load<T>(what: string, projectId: string, isValid: (item: unknown) => item is T): T[] {
  try {
    const stored: unknown = JSON.parse(browserStore.get(keyOf(what, projectId)) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isValid) : [];
  } catch {
    return [];
  }
}

function save(what: string, projectId: string, items: readonly unknown[]): void {
  browserStore.set(keyOf(what, projectId), JSON.stringify(items));
}

/** A tag in its slot; its key stays the same while it is there. The one that was used longest ago (`turn`) makes room. */
export interface RecentTag {
  label: number;
  turn: number;
}

const isRecentTag = (item: unknown): item is RecentTag =>
  typeof item === "object" && item !== null && "label" in item && "turn" in item && typeof item.turn === "number";

export const loadRecentTags = (projectId: string): RecentTag[] => load("tags", projectId, isRecentTag);
export const saveRecentTags = (projectId: string, tags: readonly RecentTag[]): void => save("tags", projectId, tags);

export function withRecentTag(tags: readonly RecentTag[], label: number, slots: number): RecentTag[] {
  const turns = tags.map((tag) => tag.turn);
  const used = { label, turn: Math.max(0, ...turns) + 1 };
  const own = tags.findIndex((tag) => tag.label === label);
  const slot = own >= 0 ? own : tags.length < slots ? tags.length : turns.indexOf(Math.min(...turns));
  return [...tags.slice(0, slot), used, ...tags.slice(slot + 1)];
}

const REASONS = 5;
const isText = (item: unknown): item is string => typeof item === "string";

/** What a reason was given for. */
export type ReasonKind = "reasons" | "rejections";

/** The latest first. */
export const loadReasons = (projectId: string, kind: ReasonKind = "reasons"): string[] => load(kind, projectId, isText);

export function saveReason(projectId: string, reason: string, kind: ReasonKind = "reasons"): void {
  if (!reason) return;
  const others = loadReasons(projectId, kind).filter((one) => one !== reason);
  save(kind, projectId, [reason, ...others].slice(0, REASONS));
}
