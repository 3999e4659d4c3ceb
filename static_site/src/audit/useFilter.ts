import { useSearchParams } from "react-router";
import type { AuditFilter } from "../api/queries/people";
import { askedNow } from "../parts/url";
import { readFilter, type Part } from "./filter";

export interface FilterState {
  filter: AuditFilter;
  /** As it stands in the address; "" for what is not asked for. */
  asked: (part: Part) => string;
  set: (change: Partial<Record<Part, string>>) => void;
}

/** The filter is in the address, so that it can be kept and passed on. */
export function useFilter(): FilterState {
  const [params, setParams] = useSearchParams();
  const asked = (part: Part) => params.get(part) ?? "";
  const set = (change: Partial<Record<Part, string>>) => {
    const now = askedNow();
    for (const [part, value] of Object.entries(change)) {
      if (value) now.set(part, value);
      else now.delete(part);
    }
    setParams(now, { replace: true });
  };
  return { filter: readFilter(asked), asked, set };
}
