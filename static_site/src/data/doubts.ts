import type { CSSProperties } from "react";
import type { Label, Suggestion } from "../api/types";
import { suggestedLook } from "../labeling/suggestedLook";

/** How it looks that the model says another label than the one an image has. */
export const doubtLook = ({ label, sure }: Suggestion, labels: readonly Label[]): CSSProperties | undefined => {
  const id = labels.find((one) => one.name === label)?.id;
  return id === undefined ? undefined : suggestedLook({ label: id, sure });
};
