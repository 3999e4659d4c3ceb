import type { ImageRow } from "../api/types";
import { texts } from "../texts";

interface Loading {
  hasNextPage: boolean;
  isPending: boolean;
}

/** How many images are shown. expected: how many there should be, where that is known. */
export function countWords(count: number, expected: number | null, { hasNextPage, isPending }: Loading): string {
  if (isPending) return texts.data.loading;
  if (!hasNextPage) return texts.data.shown(count);
  return expected !== null && expected > count ? texts.data.shownOf(count, expected) : texts.data.soFar(count);
}

/** How an image stands, in words; to have none of the labels is something else than to be skipped. */
export function standing({ state, labels }: ImageRow): string {
  const said = labels.join(", ");
  return state === "labeled" ? said || texts.tasks.none : texts.data.stateOf(texts.states[state], said);
}
