import { percent, plural, range, signed } from "./words";

/** 0.84, and never 1.00 where somebody differs. */
const alpha = (value: number): string => signed(value < 1 ? Math.min(value, 0.99) : value);

export const agreement = {
  title: "Agreement",
  words: "How far people agree who looked at the same images. Alpha is agreement beyond chance: 1 where all agree, 0 where they agree as often as by chance.",
  same: "Same answer",
  alpha: "Alpha",
  images: "Images compared",
  disputed: "Disputed",
  opinions: (count: number) => plural(count, "opinion"),
  share: (value: number) => `${percent(value)}%`,
  range,
  alphaOf: (value: number | null) => (value === null ? "–" : alpha(value)),
  alphaRange: ([low = -1, high = 1]: readonly number[]) => `${signed(low)} to ${signed(high)}`,
  means: {
    none: "Alpha is not known: all opinions are the same label, so they would be the same by chance, too.",
    few: "Too few images yet to tell how far people agree.",
    chance: "People agree no more often than by chance. Either the instructions are not understood, or images do not show it.",
    low: "People often mean different things. Clearer instructions and examples help most with the labels below.",
    fair: "People mostly mean the same. Labels are usable; the instructions leave some room.",
    good: "People mean the same by these labels.",
  },
  seeDisputed: (count: number) => `See ${plural(count, "disputed image")}`,
  confused: "Taken for one another",
  confusedWords: "One person said the first label, and another the second.",
  confusedNone: "No two labels were taken for one another.",
  onImages: (count: number) => `on ${plural(count, "image")}`,
  or: "or",
  byLabel: "Agreement by label",
  labelColumns: ["Label", "Alpha", "Between", "Same answer"],
};
