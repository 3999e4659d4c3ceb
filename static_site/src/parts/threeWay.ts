/** What somebody has changed and not saved: the state that they began with, and what they made of it. */
export interface Draft<T> {
  base: T;
  mine: T;
}

export interface Merged<T> {
  value: T;
  /** The fields that were changed here and elsewhere, in different ways; `value` has them as they are here. */
  clashes: (keyof T)[];
}

/** A draft on top of what others have saved meanwhile, field by field. */
export function threeWay<T extends object>({ base, mine }: Draft<T>, theirs: T): Merged<T> {
  const value = { ...mine };
  const clashes: (keyof T)[] = [];
  for (const field of Object.keys(theirs) as (keyof T)[]) {
    if (mine[field] === base[field]) value[field] = theirs[field];
    else if (theirs[field] !== base[field] && theirs[field] !== mine[field]) clashes.push(field);
  }
  return { value, clashes };
}

/** The draft after more was changed here. What clashes goes on clashing until somebody chooses. */
export function edited<T extends object>(draft: Draft<T>, theirs: T, changed: Partial<T>): Draft<T> {
  const { value, clashes } = threeWay(draft, theirs);
  const base = { ...theirs };
  for (const field of clashes) base[field] = draft.base[field];
  return { base, mine: { ...value, ...changed } };
}

export type Side = "mine" | "theirs";

/** The draft after somebody has chosen which version of a field stays. */
export function chosen<T extends object>(draft: Draft<T>, theirs: T, field: keyof T, side: Side): Draft<T> {
  const settled = { [field]: theirs[field] } as unknown as Partial<T>;
  return {
    base: { ...draft.base, ...settled },
    mine: side === "mine" ? draft.mine : { ...draft.mine, ...settled },
  };
}

/** The fields in which a value is another than what is saved. */
export function changes<T extends object>(value: T, saved: T): Partial<T> {
  const found: Partial<T> = {};
  for (const field of Object.keys(saved) as (keyof T)[]) if (value[field] !== saved[field]) found[field] = value[field];
  return found;
}
