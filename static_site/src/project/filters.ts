import { useSearchParams } from "react-router";
import type { ImageFilter } from "../api/queries";
import type { ImageState } from "../api/types";

export const STATES = [
  "labeled",
  "skipped",
  "waiting",
  "leased",
  "preparing",
  "unreadable",
  "missing",
] as const satisfies ImageState[];
export const ALL_STATES = "all";

/** The filters live in the address, so that a view can be bookmarked and sent. Without any: labeled images. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const state = params.get("state") ?? "labeled";
  const filter: ImageFilter = {};
  const known = STATES.find((one) => one === state);
  if (known) filter.state = known;
  for (const name of ["label", "labeler", "name"] as const) {
    const value = params.get(name);
    if (value) filter[name] = value;
  }
  if (params.get("changedSinceLabeled") === "true") filter.changedSinceLabeled = true;
  const set = (name: keyof ImageFilter, value: string) => {
    const changed = new URLSearchParams(params);
    if (value) changed.set(name, value);
    else changed.delete(name);
    setParams(changed, { replace: true });
  };
  return { state, filter, set };
}
