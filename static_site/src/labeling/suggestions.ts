import type { NamedLabel, LeasedImage } from "../api/types";
import type { Suggested } from "../tasks/task";

/** What is suggested for the images of a page, by image. */
export type Suggestions = Readonly<Record<string, Suggested>>;

/** A label that the project has no longer, or by another name, is nobody's. */
export function suggestionsFor(images: readonly LeasedImage[], labels: readonly NamedLabel[]): Suggestions {
  const ids = new Map(labels.map(({ id, name }) => [name, id]));
  return Object.fromEntries(
    images.flatMap(({ id, suggestions }) => {
      const likeliest = suggestions?.[0];
      if (!suggestions || (likeliest && !ids.has(likeliest.label))) return [];
      const known = suggestions.flatMap((one) => {
        const label = ids.get(one.label);
        return label ? [{ ...one, label }] : [];
      });
      return [[id, known]];
    }),
  );
}

export const hasAny = (ofImages: Readonly<Record<string, unknown>>): boolean => Object.keys(ofImages).length > 0;
