import type { CSSProperties } from "react";
import type { ImageRow, Label, Suggestion } from "../api/types";
import { suggestedLook } from "../labeling/suggestedLook";
import type { TaskType } from "../tasks/task";

/** The likeliest label that the model says of an image it doubts, and that the image does not have. */
export const saidInstead = ({ suggestions, labels }: Pick<ImageRow, "suggestions" | "labels">): Suggestion | undefined =>
  suggestions?.find(({ label }) => !labels.includes(label));

/** The labels that an image would have if the model is right; undefined = it is not doubted. */
export function saidOf(row: ImageRow, { isOneLabel }: TaskType): readonly string[] | undefined {
  if (!isOneLabel) return row.suggestions?.filter(({ likely }) => likely).map(({ label }) => label);
  const instead = saidInstead(row);
  return instead && [instead.label];
}

/** How it looks that the model says another label than the one an image has. */
export const doubtLook = ({ label, sure }: Suggestion, labels: readonly Label[]): CSSProperties | undefined => {
  const id = labels.find((one) => one.name === label)?.id;
  return id === undefined ? undefined : suggestedLook({ label: id, sure });
};
