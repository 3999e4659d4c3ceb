import type { Project, ProjectChange } from "../../api/types";
import { useDraft } from "../../parts/useDraft";
import { useChange } from "../../parts/useChange";

interface Section<T> {
  name: string;
  /** What is saved of a project. */
  savedOf: (project: Project) => T;
  /** Makes of what is typed what is saved of it. */
  tidy?: (value: T) => T;
  /** now: the project to which the changes are made. */
  toChange: (changes: Partial<T>, now: Project) => ProjectChange;
}

/** Some fields of a project as they are edited and saved in one section of its details. */
export function useProjectDraft<T extends object>(project: Project, { name, savedOf, tidy, toChange }: Section<T>) {
  const { changesTo, ...draft } = useDraft(`${name}|${project.id}`, savedOf(project), tidy);
  const change = useChange(project);
  return {
    ...draft,
    error: change.error,
    pending: change.isPending,
    save: (onSaved?: () => void) =>
      change.mutate(
        (now) => {
          const changes = changesTo(savedOf(now));
          return changes && toChange(changes, now);
        },
        {
          onSuccess: (changed) => {
            if (!changed) return;
            draft.discard();
            onSaved?.();
          },
        },
      ),
  };
}
