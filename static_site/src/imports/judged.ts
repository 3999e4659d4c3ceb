/** How right an import of suggestions is, beside the service's own suggestions for the same images. Pure. */

import type { Import } from "../api/types";
import { FEW } from "../parts/few";
import { imports } from "../texts/imports";

type Accuracy = NonNullable<Import["accuracy"]>;

/** What the intervals say: apart, they tell which is better; null: there is nothing to compare with. */
export type Verdict = keyof typeof imports.verdicts;

export function verdictOf({ judged, interval, builtIn }: Accuracy): Verdict | null {
  if (!builtIn) return null;
  if (judged < FEW || builtIn.judged < FEW) return "few";
  const [low = 0, high = 1] = interval;
  const [lowOwn = 0, highOwn = 1] = builtIn.interval;
  return low > highOwn ? "better" : high < lowOwn ? "worse" : "open";
}

/** In one line. */
export function accuracyWords(accuracy: Accuracy): string {
  const { share, judged, interval, builtIn } = accuracy;
  const verdict = verdictOf(accuracy);
  return [
    imports.accuracy(share, judged, interval),
    ...(builtIn ? [imports.accuracyBuiltIn(builtIn.share, builtIn.judged, judged)] : []),
    ...(verdict ? [imports.verdicts[verdict]] : []),
  ].join(" ");
}

export interface Row {
  words: string;
  share: number;
  of: string;
}

/** Both beside each other. */
export function accuracyRows({ builtIn, ...run }: Accuracy): Row[] {
  const row = (words: string, { share, right, judged, interval }: typeof run): Row => ({
    words,
    share,
    of: imports.rightOf(right, judged, interval),
  });
  return [row(imports.thisImport, run), ...(builtIn ? [row(imports.builtIn, builtIn)] : [])];
}
