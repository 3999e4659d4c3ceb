import type { Project } from "../api/types";

type Opinions = Project["opinions"];

/** Which images more than one person looks at; "other": as only a script asks for it. */
export type Way = "one" | "each" | "share" | "unsure" | "other";

/** How many people look at an image, as it is edited. share, sure: of a hundred, as typed. What a way does not need is kept
 *  for when it is chosen again. */
export interface OpinionsSettings {
  way: Way;
  people: number;
  /** So many at most, while they disagree, or one is not sure enough of what they say. */
  most: number;
  /** The share of the images at which so many people look. */
  share: string;
  /** So likely the first opinion is right, or a second one is asked for. */
  sure: string;
}

export const PEOPLE = { least: 2, most: 9 };
export const SHARE = { least: 0.1, most: 100 };
export const SURE = { least: 50, most: 99.9 };

export const ONE_PERSON: OpinionsSettings = { way: "one", people: 2, most: 3, share: "10", sure: "95" };

/** What a cost rests on, where people may disagree: that two of them do so about this share of the images. */
export const DISAGREEING = 0.1;

// Of a hundred and of one: 0.07 * 100 has a tail of digits, and so has 95.1 / 100.
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const ofHundred = (share: number): string => String(rounded(share * 100, 4));
const ofOne = (typed: string): number => rounded(Number(typed) / 100, 6);

function isNumber(typed: string, { least, most }: { least: number; most: number }): boolean {
  // What is empty counts as zero, which is less than all that is asked for.
  const value = Number(typed);
  return value >= least && value <= most;
}

export const isShare = ({ way, share }: OpinionsSettings): boolean => way !== "share" || isNumber(share, SHARE);
export const isSure = ({ way, sure }: OpinionsSettings): boolean => way !== "unsure" || isNumber(sure, SURE);
/** Whether it can be saved. */
export const areWhole = (settings: OpinionsSettings): boolean => isShare(settings) && isSure(settings);

function wayOf({ least, most, share, until }: Opinions): Way {
  const areSeveral = least > 1 && share > 0;
  if (until !== null) return areSeveral || most === 1 ? "other" : "unsure";
  if (areSeveral) return share === 1 ? "each" : "share";
  return most === 1 ? "one" : "other";
}

export function opinionsOf({ opinions }: Pick<Project, "opinions">): OpinionsSettings {
  const { least, most, share, until } = opinions;
  const way = wayOf(opinions);
  if (way === "one") return ONE_PERSON;
  if (way === "other")
    return { way, people: least, most, share: ofHundred(share), sure: until === null ? "" : ofHundred(until) };
  return {
    way,
    people: way === "unsure" ? ONE_PERSON.people : least,
    most,
    share: way === "share" ? ofHundred(share) : ONE_PERSON.share,
    sure: until === null ? ONE_PERSON.sure : ofHundred(until),
  };
}

/** All four figures, as the service takes them. */
export function toOpinions({ way, people, most, share, sure }: OpinionsSettings): Opinions {
  const several = { least: people, most: Math.max(people, most), until: null };
  switch (way) {
    case "one":
      return { least: 1, most: 1, share: 0, until: null };
    case "each":
      return { ...several, share: 1 };
    case "share":
      return { ...several, share: ofOne(share) };
    case "unsure":
      return { least: 1, most: Math.max(PEOPLE.least, most), share: 0, until: ofOne(sure) };
    case "other":
      return { ...several, share: ofOne(share), until: sure === "" ? null : ofOne(sure) };
  }
}

/** The same settings without what their way does not need, so that they are another only where it matters. */
export const tidyOpinions = (settings: OpinionsSettings): OpinionsSettings =>
  settings.way !== "other" && areWhole(settings) ? opinionsOf({ opinions: toOpinions(settings) }) : settings;

/** How often so many people are of two minds, half and half, if each is right as often as makes two of them disagree about
 *  DISAGREEING of the images. */
function tied(people: number): number {
  if (people % 2 === 1) return 0;
  let ways = 1;
  for (let one = 1; one <= people / 2; one += 1) ways = (ways * (people / 2 + one)) / one;
  return ways * (DISAGREEING / 2) ** (people / 2);
}

/** Labels an image takes. They are between the two figures where that hangs on how sure one is of them. isGuess: it hangs
 *  on how often people disagree. */
export interface Cost {
  from: number;
  to: number;
  isGuess: boolean;
}

export function costOf({ least, most, share, until }: Opinions): Cost {
  const more = most > least ? tied(least) : 0;
  const from = 1 + share * (least - 1 + more);
  return { from, to: until === null ? from : Math.max(most, from), isGuess: share * more > 0 };
}
