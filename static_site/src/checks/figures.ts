/** What a check has found, for people to read. */

import type { Check, CheckFigures } from "../api/types";
import { FEW } from "../parts/few";

/** Of what was judged, without what was unclear. */
export const decidedOf = ({ right, wrong }: CheckFigures): number => right + wrong;

export const isFew = (figures: CheckFigures): boolean => decidedOf(figures) < FEW;

/** Those of which something is known, the most often judged first. */
export const rowsOf = <T extends CheckFigures>(rows: readonly T[]): T[] =>
  rows.filter((row) => decidedOf(row) > 0).toSorted((one, other) => decidedOf(other) - decidedOf(one));

/** Half of the interval, in points of a hundred. */
export const marginIn = ([low = 0, high = 1]: readonly number[]): number => 50 * (high - low);

/** Of several checks the one that says the most recent: the newest that is done, or else the newest with a verdict. */
export const newestOf = <T extends Pick<Check, "status" | "judged">>(checks: readonly T[]): T | undefined =>
  checks.find(({ status }) => status === "done") ?? checks.find(({ judged }) => judged > 0) ?? checks[0];
