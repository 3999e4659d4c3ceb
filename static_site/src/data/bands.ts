import type { ImageRow, Label } from "../api/types";
import type { Band, Shown } from "../labeling/bands";

/** The labels of a labeled image, each to be shown in its color. */
export const bandsOf = (row: ImageRow, labels: readonly Label[]): Band[] =>
  row.state === "labeled" ? labels.filter(({ name }) => row.labels.includes(name)).map((label) => ({ label })) : [];

/** As what somebody said of an image is shown. */
export const shownAs = (bands: readonly Band[], said: string): Shown => ({
  bands,
  said,
  isNone: bands.length === 0,
  isSuggested: false,
  isSure: false,
});
