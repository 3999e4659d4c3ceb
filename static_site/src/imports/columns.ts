/** Which columns of a table, or keys of JSON Lines, say what. Pure. */

import type { Import } from "../api/types";

export const ROLES = ["image", "label", "confidence"] as const;
export type Role = (typeof ROLES)[number];

/** Those that somebody chose; the service finds the others. null: no column says the confidence. */
export interface ChosenColumns {
  image?: string;
  label?: string;
  confidence?: string | null;
}

type Told = NonNullable<Import["columns"]>;

/** Which column says something as things stand; null: none that is known. */
export function columnOf(role: Role, told: Told, chosen: ChosenColumns): string | null {
  const column = chosen[role];
  return column === undefined ? told[role] : column;
}

/** The names to choose among, each once. Of wide tables the service lists only some. */
export function namesOf(told: Told, chosen: ChosenColumns): string[] {
  const taken = ROLES.flatMap((role) => columnOf(role, told, chosen) ?? []);
  return [...new Set([...told.names, ...taken])].filter((name) => name !== "");
}

/** Whether a table can be read by what is known: not before both columns are that it must have. */
export const canBeRead = (told: Told, chosen: ChosenColumns): boolean =>
  columnOf("image", told, chosen) !== null && columnOf("label", told, chosen) !== null;

/** name: null takes back what was chosen; no column says the confidence then. */
export function withColumn(chosen: ChosenColumns, role: Role, name: string | null): ChosenColumns {
  const rest = Object.fromEntries(Object.entries(chosen).filter(([other]) => other !== role));
  return name === null && role !== "confidence" ? rest : { ...rest, [role]: name };
}
