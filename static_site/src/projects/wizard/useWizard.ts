import { useMutation } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { api, isProblem, ok } from "../../api/client";
import { useDatasets } from "../../api/queries/datastores";
import { startImport } from "../../api/queries/imports";
import { projectsQuery, useProjects } from "../../api/queries/projects";
import { askAgain } from "../../api/queryClient";
import type { NotStartedState } from "../../imports/NotStarted";
import { problemText } from "../../parts/States";
import { useKept } from "../../parts/useKept";
import { startLabels } from "../../texts/imports";
import {
  draftFrom,
  emptyDraft,
  mistakesOf,
  stepOfField,
  STEPS,
  takenMistakes,
  toNewProject,
  withNewLabel,
  type Draft,
  type FieldName,
  type Mistakes,
  type Step,
  type TakenNames,
} from "./draft";
import { importOf } from "./labelFile";

interface Kept {
  draft: Draft;
  at: number;
  reached: number;
}

const FRESH: Kept = { draft: emptyDraft, at: 0, reached: 0 };
/** So long after the last key a field says what is wrong with it. */
const MOMENT_MS = 900;

function useTakenNames(): TakenNames {
  const projects = useProjects().data ?? [];
  const datasets = useDatasets().data ?? [];
  const lower = (named: readonly { name: string }[]) => new Set(named.map((one) => one.name.toLowerCase()));
  return { projects: lower(projects), datasets: lower(datasets.filter((one) => one.kind === "source")) };
}

/** Which fields may say what is wrong with them: those that were left, or were typed in a moment ago. */
function useTouched() {
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const timers = useRef(new Map<FieldName, ReturnType<typeof setTimeout>>());
  const touch = (...fields: FieldName[]) => setTouched((before) => new Set([...before, ...fields]));
  return {
    touch,
    touchSoon: (field: FieldName) => {
      clearTimeout(timers.current.get(field));
      timers.current.set(
        field,
        setTimeout(() => touch(field), MOMENT_MS),
      );
    },
    shownOf: (mistakes: Mistakes): Mistakes =>
      Object.fromEntries(Object.entries(mistakes).filter(([field]) => touched.has(field as FieldName))),
    forget: () => setTouched(new Set()),
  };
}

/** Starts the import that the project begins with, if there is one. state: for the page of imports, why it has not; the
 *  project is there all the same. */
async function beginLabels(draft: Draft, projectId: string): Promise<{ state: NotStartedState | null } | null> {
  const asked = importOf(draft);
  if (!asked) return null;
  try {
    await startImport(projectId, asked);
    return { state: null };
  } catch (error) {
    const { upload = "", name = "" } = draft.labelFile ?? {};
    return { state: { notStarted: startLabels.notStarted(name, problemText(error)), upload, name } };
  }
}

/** The new project as far as it is thought of. It is kept in the browser until it is made, or begun anew. */
export function useWizard() {
  const navigate = useNavigate();
  const [kept, keep] = useKept("new-project", FRESH);
  const [restored, setRestored] = useState(kept !== null);
  const [dropped, setDropped] = useState<Kept | null>(null);
  const { touch, touchSoon, shownOf, forget } = useTouched();
  const taken = useTakenNames();
  const { reached, at } = kept ?? FRESH;
  const draft = useMemo(() => draftFrom((kept ?? FRESH).draft), [kept]);
  const step = STEPS[at] ?? "details";
  const isLast = at === STEPS.length - 1;
  const mistakes = mistakesOf(draft, step, taken);
  const go = (to: number) => keep({ draft: withNewLabel(draft), at: to, reached: Math.max(reached, to) });

  const create = useMutation({
    mutationFn: async () => {
      const project = await ok(api.POST("/api/projects", { body: toNewProject(draft) }));
      return { project, imports: await beginLabels(draft, project.id) };
    },
    onSuccess: async ({ project, imports }) => {
      keep(null);
      await askAgain(projectsQuery);
      await navigate(`/projects/${project.id}${imports ? "/import" : ""}`, { state: imports?.state });
    },
    onError: (error) => {
      const field = isProblem(error) ? error.errors[0]?.field : undefined;
      const wrong = field === undefined ? undefined : stepOfField(field);
      if (wrong) go(STEPS.indexOf(wrong));
    },
  });

  return {
    draft,
    step,
    at,
    reached,
    create,
    isLast,
    restored,
    dropped,
    touch,
    touchSoon,
    go,
    /** What is said beside the fields. That a name is taken is said at once. */
    mistakes: { ...shownOf(mistakes), ...takenMistakes(draft, step, taken) },
    change: (changed: Partial<Draft>) => {
      keep({ draft: { ...draft, ...changed }, at, reached });
      setDropped(null);
      if (create.isError) create.reset();
    },
    /** Goes on to the next step, or past some to one, or makes the project; or else to the first step with something wrong,
     *  which is shown. */
    next: (to?: Step) => {
      const asked = isLast || to ? STEPS : [step];
      const wrong = asked.find((one) => Object.keys(mistakesOf(draft, one, taken)).length > 0);
      if (wrong) {
        touch(...(Object.keys(mistakesOf(draft, wrong, taken)) as FieldName[]));
        go(STEPS.indexOf(wrong));
      } else if (isLast) create.mutate();
      else go(to ? STEPS.indexOf(to) : at + 1);
    },
    startOver: () => {
      setDropped(kept);
      setRestored(false);
      forget();
      keep(null);
    },
    bringBack: () => {
      keep(dropped);
      setDropped(null);
    },
  };
}
