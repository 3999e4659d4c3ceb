import { useSearchParams } from "react-router";
import { useProgress } from "../api/queries/projects";
import type { Project } from "../api/types";
import { askedNow } from "../parts/url";
import { taskOf } from "../tasks";
import { cleared, readView, withoutUnknown, withParts, type Part, type Parts } from "./view";

/** The view that the address asks for, and the ways to others. */
export function useView(project: Project) {
  const [params, setParams] = useSearchParams();
  const progress = useProgress(project.id).data;
  const labelers = progress?.byLabeler;
  const view = readView(params, { labels: project.labels, isOneLabel: taskOf(project).isOneLabel }, labelers);
  /** The browser's way back leads to what was chosen, not through every letter of a name. */
  const set = (parts: Parts) =>
    setParams(withParts(askedNow(), parts), { replace: "name" in parts && params.has("name") });
  return {
    view,
    set,
    progress,
    labelers: labelers ?? [],
    /** What stands in the address, whether there is such a thing or not. */
    asked: (part: Part) => params.get(part) ?? "",
    search: params.toString(),
    clear: () => setParams(cleared(params)),
    /** Only what there is not goes. */
    clearUnknown: () => setParams(withoutUnknown(params, view)),
  };
}

export type ViewState = ReturnType<typeof useView>;
