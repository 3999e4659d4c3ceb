import { isProblem } from "../api/client";

/** What the server says about a field; paths below it count as its own ("labels" takes "labels.2.name"). */
export function fieldMessage(error: unknown, ...fields: string[]): string | undefined {
  if (!isProblem(error)) return undefined;
  return error.errors.find((one) => fields.some((field) => one.field === field || one.field.startsWith(`${field}.`)))
    ?.message;
}

/** The error, unless fields on the page say it already. */
export function unplaced(error: unknown, ...fields: string[]): unknown {
  if (!isProblem(error) || error.errors.length === 0) return error;
  const placed = error.errors.every((one) =>
    fields.some((field) => one.field === field || one.field.startsWith(`${field}.`)),
  );
  return placed ? null : error;
}
