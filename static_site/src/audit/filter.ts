import type { AuditFilter } from "../api/queries/people";

export type Part = keyof AuditFilter;

/** The beginning of a day of this machine's calendar (2026-03-01), or of one that comes so many days later. */
function startOf(day: string, later = 0): string | undefined {
  const start = new Date(`${day}T00:00`);
  if (Number.isNaN(start.getTime())) return undefined;
  start.setDate(start.getDate() + later);
  return start.toISOString();
}

/** What is asked for by what stands in the address; whole days, the last one included. */
export function readFilter(asked: (part: Part) => string): AuditFilter {
  return {
    project: asked("project") || undefined,
    person: asked("person").trim() || undefined,
    action: asked("action") || undefined,
    since: startOf(asked("since")),
    until: startOf(asked("until"), 1),
  };
}

export function csvAddress(filter: AuditFilter): string {
  const parts = Object.entries(filter).filter(([, value]) => value !== undefined);
  return `/api/audit.csv?${new URLSearchParams(parts as [string, string][])}`;
}
