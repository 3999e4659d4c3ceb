/** What the size of a check means, before anything is drawn. */

/** Of the normal distribution: 95% lies within so many standard deviations. */
const Z = 1.96;
/** The share that is taken for right as long as nobody has looked; with fewer right ones a check is a little less exact. */
export const SUPPOSED = 0.95;
/** The sizes to choose from, the one that is chosen at first, and what the service takes. */
export const SIZES = [50, 100, 200, 400, 1000] as const;
export const USUAL = 200;
export const FEWEST = 10;
export const MOST = 1000;
/** A verdict takes about so long. */
const SECONDS = 2;

/** The Wilson interval (95%) around the share `right` of `size` images. E. B. Wilson, Probable inference, the law of
 *  succession, and statistical inference, 1927. */
export function intervalOf(size: number, right = SUPPOSED): [low: number, high: number] {
  const middle = (right + Z ** 2 / (2 * size)) / (1 + Z ** 2 / size);
  const half = (Z * Math.sqrt((right * (1 - right)) / size + (Z / (2 * size)) ** 2)) / (1 + Z ** 2 / size);
  return [middle - half, middle + half];
}

/** Half of it, in points of a hundred. */
export function marginOf(size: number, right = SUPPOSED): number {
  const [low, high] = intervalOf(size, right);
  return 50 * (high - low);
}

/** How long judging so many takes, in minutes, at least one. */
export const minutesFor = (size: number): number => Math.max(1, Math.round((size * SECONDS) / 60));

/** Which sizes there are to choose from where so many images are labeled: the last one is all of them, where one check can
 *  have them all. */
export function sizesFor(labeled: number): number[] {
  const smaller = SIZES.filter((size) => size < labeled);
  return labeled >= 1 && labeled <= MOST ? [...smaller, labeled] : smaller;
}
