/** What figures of agreement mean, for people to read. */

import type { Agreement } from "../../../api/types";
import { FEW } from "../../../parts/few";

/** From so much on, K. Krippendorff draws conclusions from data, and tentative ones. */
const GOOD = 0.8;
const FAIR = 0.667;

export type Meaning = "none" | "few" | "chance" | "low" | "fair" | "good";

export function meaningOf({ images, alpha }: Pick<Agreement, "images" | "alpha">): Meaning {
  if (images < FEW) return "few";
  if (alpha === null) return "none";
  if (alpha >= GOOD) return "good";
  if (alpha >= FAIR) return "fair";
  return alpha > 0 ? "low" : "chance";
}

/** The labels on which people agree least come first; those of which nothing is known, last. */
export const leastFirst = <T extends { alpha: number | null }>(rows: readonly T[]): T[] =>
  rows.toSorted((one, other) => (one.alpha ?? 2) - (other.alpha ?? 2));
