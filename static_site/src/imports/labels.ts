/** What becomes of the labels of a file in a project. Pure. */

import type { Import } from "../api/types";
import { areNames, LABEL_LIMITS, trimmedPath, type EditedLabel } from "../parts/labelRules";

/** A label of a file. count: of its lines; known: what it is called here, or would be by what was decided; alike: a label
 *  here that differs from it only by case. */
export type TheirLabel = Import["labels"][number];

/** What somebody has decided of a label: it is made anew, is one that is here, or is left out. */
export type Decision = { kind: "new" } | { kind: "out" } | { kind: "label"; name: string };
export type Decisions = Readonly<Record<string, Decision>>;

/** What becomes of a label as things stand; ask: somebody has to decide it. */
export type Fate = Decision | { kind: "same" } | { kind: "ask" };

/** The label here that one of the file is of itself, whatever was decided. */
export const namesake = (label: TheirLabel, there: readonly { name: string }[], decisions: Decisions): string | null =>
  decisions[label.name] === undefined
    ? label.known
    : (there.find(({ name }) => name === newName(label))?.name ?? null);

/** Those that are not here by their names come first: of them something is to be decided. */
export function newFirst(
  labels: readonly TheirLabel[],
  there: readonly { name: string }[],
  decisions: Decisions,
): TheirLabel[] {
  const isHere = (label: TheirLabel): boolean => namesake(label, there, decisions) !== null;
  return [...labels.filter((label) => !isHere(label)), ...labels.filter(isHere)];
}

/** A label's name here, as it would be made. */
const newName = ({ name }: TheirLabel): string => name.trim();

const canBeMade = (label: TheirLabel): boolean => areNames([newName(label)]);

/** canCreate: whoever asks may make labels. */
export function fateOf(label: TheirLabel, decisions: Decisions, canCreate: boolean): Fate {
  const decided = decisions[label.name];
  if (decided && (decided.kind !== "new" || (canCreate && label.known === null))) return decided;
  if (label.known !== null) return { kind: "same" };
  if (label.alike !== null) return { kind: "ask" };
  return { kind: canCreate && canBeMade(label) ? "new" : "out" };
}

export interface Open {
  /** To be made before anything is imported. */
  create: TheirLabel[];
  /** Of which nobody has said yet what they are. */
  ask: TheirLabel[];
}

/** What is to be done before an import. */
export function openOf(labels: readonly TheirLabel[], decisions: Decisions, canCreate: boolean): Open {
  const open: Open = { create: [], ask: [] };
  for (const label of labels) {
    const { kind } = fateOf(label, decisions, canCreate);
    if (kind === "new") open.create.push(label);
    if (kind === "ask") open.ask.push(label);
  }
  return open;
}

/** The project's labels with those that are made, each name once, as they are saved. */
export function withCreated(there: readonly EditedLabel[], create: readonly TheirLabel[]) {
  const names = new Set(there.map(({ name }) => name));
  const kept = there.map(({ id, name, group = "" }) => ({ ...(id !== undefined && { id }), name, group }));
  const added: { name: string; group: string }[] = [];
  for (const label of create) {
    const name = newName(label);
    if (names.has(name)) continue;
    names.add(name);
    added.push({ name, group: trimmedPath(label.group) });
  }
  return [...kept, ...added];
}

export const areTooMany = (there: readonly unknown[], create: readonly unknown[]): boolean =>
  create.length > 0 && there.length + create.length > LABEL_LIMITS.most;

/** How labels are called here that have another name there; null: left out. */
export const mappingOf = (decisions: Decisions): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(decisions).flatMap(([name, one]) =>
      one.kind === "new" ? [] : [[name, one.kind === "label" ? one.name : null] as const],
    ),
  );
