import { changes, chosen, edited, threeWay, type Draft, type Side } from "./threeWay";
import { useKept } from "./useKept";

/** Fields that somebody edits on top of what is saved, kept until they are saved or discarded. What others save meanwhile
 *  is taken over, field by field; `clashes` are the fields over which somebody has to choose. `tidy` makes of what is typed
 *  what is saved of it. */
export function useDraft<T extends object>(name: string, saved: T, tidy: (value: T) => T = (value) => value) {
  const [kept, keep] = useKept<Draft<T>>(name, { base: saved, mine: saved });
  const draft = kept ?? { base: saved, mine: saved };
  const { value, clashes } = threeWay(draft, saved);
  return {
    value,
    saved,
    clashes,
    changed: Object.keys(changes(tidy(value), saved)).length > 0,
    edit: (changed: Partial<T>) => keep(edited(draft, saved, changed)),
    choose: (field: keyof T, side: Side) => keep(chosen(draft, saved, field, side)),
    discard: () => keep(null),
    /** What there is to save where this is what is saved by now; null where that clashes. */
    changesTo: (now: T): Partial<T> | null => {
      const merged = threeWay(draft, now);
      return merged.clashes.length > 0 ? null : changes(tidy(merged.value), now);
    },
  };
}
