import type { NewProject, Project } from "../api/types";

/** How a project suggests labels, as it is edited. precision: of how many in a hundred, as typed. */
export interface AssistSettings {
  mlAssist: boolean;
  suggestionOrder: Project["suggestionOrder"];
  precision: string;
}

export const PRECISION = { least: 50, most: 99.9 };

export const USUAL_ASSIST: AssistSettings = { mlAssist: false, suggestionOrder: "surest", precision: "95" };

/** Of how many in a hundred; null where that is no number, or none that may be asked for. */
export function precisionOf({ precision }: AssistSettings): number | null {
  const typed = precision.trim() === "" ? NaN : Number(precision);
  return typed >= PRECISION.least && typed <= PRECISION.most ? typed : null;
}

/** Whether it can be saved: what is switched off needs no precision. */
export const isWhole = (settings: AssistSettings): boolean => !settings.mlAssist || precisionOf(settings) !== null;

// Of a hundred and of one: 0.95 * 100 has a tail of digits, and so has 95.1 / 100.
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export const assistOf = (project: Project): AssistSettings => ({
  mlAssist: project.mlAssist,
  suggestionOrder: project.suggestionOrder,
  precision: String(rounded(project.suggestionPrecision * 100, 4)),
});

type AssistChange = Pick<NewProject, "mlAssist" | "suggestionOrder" | "suggestionPrecision">;

/** What is to be sent: when it is off, the rest stays as it is. */
export function toAssistChange(settings: AssistSettings): AssistChange {
  const precision = precisionOf(settings);
  if (!settings.mlAssist || precision === null) return { mlAssist: false };
  return {
    mlAssist: true,
    suggestionOrder: settings.suggestionOrder,
    suggestionPrecision: rounded(precision / 100, 6),
  };
}

/** The same for those settings alone that were changed. */
export function toPartOfAssistChange({ precision, ...others }: Partial<AssistSettings>): Partial<AssistChange> {
  return precision === undefined ? others : { ...others, suggestionPrecision: rounded(Number(precision) / 100, 6) };
}
