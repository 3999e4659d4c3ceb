import { useState } from "react";
import type { Label } from "../api/types";

/** How often labels have been taken from the project while this is looked at: labels with such a label are none any more. */
export function useRetired(labels: readonly Label[]): number {
  const ids = labels.map((label) => label.id);
  const [known, setKnown] = useState({ ids, times: 0 });
  if (ids.length === known.ids.length && ids.every((id, index) => id === known.ids[index])) return known.times;
  const times = known.times + (known.ids.every((id) => ids.includes(id)) ? 0 : 1);
  setKnown({ ids, times });
  return times;
}
