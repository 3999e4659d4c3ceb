import type { NamedLabel, LeasedImage } from "../api/types";
import { texts } from "../texts";

/** What is suggested for an image. sure: so likely right that the image counts as labeled, until somebody says otherwise. */
export interface Suggestion {
  readonly label: number;
  /** 0 to 1. */
  readonly confidence: number;
  readonly sure: boolean;
  /** At least as likely right as wrong, by what the trainings measured. */
  readonly likely: boolean;
  /** The label that the image has if not this one. */
  readonly second?: number | undefined;
}

export type Suggestions = Readonly<Record<string, Suggestion>>;

/** What a page's images are suggested to be; a label that the project has no longer, or by another name, is nobody's. */
export function suggestionsFor(images: readonly LeasedImage[], labels: readonly NamedLabel[]): Suggestions {
  const ids = new Map(labels.map(({ id, name }) => [name, id]));
  return Object.fromEntries(
    images.flatMap(({ id, suggestions }) => {
      const [said, next] = suggestions ?? [];
      const label = said && ids.get(said.label);
      const second = ids.get(next?.label ?? "");
      return label ? [[id, { label, confidence: said.confidence, sure: said.sure, likely: said.likely, second }]] : [];
    }),
  );
}

export const hasAny = (ofImages: Readonly<Record<string, unknown>>): boolean => Object.keys(ofImages).length > 0;

/** The words for a label that an image has, or is suggested to have. */
export const saidOf = (label: NamedLabel | undefined, suggestion: Suggestion | undefined): string | undefined =>
  label && suggestion ? texts.labeling.suggested(label.name, suggestion.confidence, suggestion.sure) : label?.name;
