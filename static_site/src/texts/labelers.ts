import { percent, plural, range } from "./words";

/** So many of so many, with the interval of the share. */
interface Counted {
  count: number;
  of: number;
  share: number | null;
  interval: readonly number[] | null;
}

const share = ({ share }: Counted): string => (share === null ? "–" : `${percent(share)}%`);

/** "12 of 230, 3–9%". */
const restsOn = ({ count, of, interval }: Counted): string =>
  interval ? `${count.toLocaleString("en")} of ${of.toLocaleString("en")}, ${range(interval)}` : "";

const between = ({ interval }: Counted): string => (interval ? ` (${range(interval)})` : "");

export const labelers = {
  title: "Labelers",
  none: "Nobody has labeled anything yet.",
  columns: {
    name: "Labeler",
    labeled: "Labeled",
    reviewed: "Reviewed",
    pace: "Pace",
    rejected: "Rejected",
    agreement: "Agrees with others",
    checked: "Right in checks",
    look: "Find mistakes",
  },
  skipped: (count: number) => `${count.toLocaleString("en")} skipped`,
  pace: (count: number) => `${count.toLocaleString("en")} an hour`,
  today: (count: number) => `${count.toLocaleString("en")} today`,
  share,
  restsOn,
  few: (least: number) => `Gray: fewer than ${least} images, too few to say much.`,
  sideBySide: "Side by side",
  sideBySideOf: (name: string) => `Images of ${name} side by side, by label`,

  see: "Labelers see how right their own labels are",
  seeHint:
    "How many were rejected, how many agree with others', and how many were right in checks. No labeler sees the figures of others.",
};

/** What labelers read of their own labels. */
export const own = {
  title: "Your labels",
  none: "You have no labels in this project yet.",
  labeled: (count: number) => `You have labeled ${plural(count, "image")}.`,
  rejected: (counted: Counted) =>
    `Reviewers rejected ${share(counted)} of your ${plural(counted.of, "label")}${between(counted)}.`,
  noneRejected: "Reviewers have rejected none of your labels.",
  agreement: (counted: Counted) =>
    `Your labels agree with others' on ${share(counted)} of ${plural(counted.of, "image")}${between(counted)}.`,
  notCompared: "Nobody else has looked at the same images yet, or nothing is decided there.",
  checked: (counted: Counted) =>
    `In a check, ${share(counted)} of ${counted.of.toLocaleString("en")} of your labels were right${between(counted)}.`,
  notChecked: "None of your labels were checked yet.",
  few: "That is too few to say much.",
  brackets: "The range in brackets holds the true share in 95 of 100 cases. Only you and the reviewers see these figures.",
};
