import type { CSSProperties } from "react";
import type { ImageRow, Label, Suggestion } from "../api/types";
import { suggestedLook } from "../labeling/suggestedLook";

/** What the model says of an image whose label it doubts. */
export const saidInstead = ({ suggestions }: Pick<ImageRow, "suggestions">): Suggestion | undefined => suggestions?.[0];

/** How it looks that the model says another label than the one an image has. */
export const doubtLook = ({ label, sure }: Suggestion, labels: readonly Label[]): CSSProperties | undefined => {
  const id = labels.find((one) => one.name === label)?.id;
  return id === undefined ? undefined : suggestedLook({ label: id, sure });
};
