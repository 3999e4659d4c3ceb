import { browserStore } from "../parts/browserStore";

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

/** A label in its slot; its key stays the same while it is there. The one that was used longest ago (`turn`) makes room. */
export interface RecentLabel {
  label: number;
  turn: number;
}

const isRecentLabel = (item: unknown): item is RecentLabel =>
  typeof item === "object" && item !== null && "label" in item && "turn" in item && typeof item.turn === "number";

export const loadRecentLabels = (projectId: string): RecentLabel[] => load("tags", projectId, isRecentLabel);
export const saveRecentLabels = (projectId: string, recent: readonly RecentLabel[]): void => save("tags", projectId, recent);

export function withRecentLabel(recent: readonly RecentLabel[], label: number, slots: number): RecentLabel[] {
  const turns = recent.map((one) => one.turn);
  const used = { label, turn: Math.max(0, ...turns) + 1 };
  const own = recent.findIndex((one) => one.label === label);
  const slot = own >= 0 ? own : recent.length < slots ? recent.length : turns.indexOf(Math.min(...turns));
  return [...recent.slice(0, slot), used, ...recent.slice(slot + 1)];
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
