import type { Assist, Training } from "../../../api/types";

/** Who has accepted so many suggestions and changed none is to be looked at. */
const MANY = 50;

/** The newest training from which suggestions were learned. trainings: newest first. */
export const newestLearned = (trainings: readonly Training[]): Training | undefined =>
  trainings.find((one) => one.status === "completed");

/** What a training came to: shares of one. */
export interface Point {
  labels: number;
  right: number;
  sure: number;
}

/** How suggestions became better as labels grew, few labels first: of trainings on as many labels the newest alone.
 *  trainings: newest first. */
export function curveOf(trainings: readonly Training[]): Point[] {
  const points = new Map<number, Point>();
  for (const { status, labels, right, sureShare } of trainings)
    if (status === "completed" && right !== null && !points.has(labels))
      points.set(labels, { labels, right, sure: sureShare ?? 0 });
  return [...points.values()].toSorted((one, other) => one.labels - other.labels);
}

type ByLabel = Training["byLabel"][number];

/** Of 2 there is nothing known. What is never suggested is known to be found nowhere. */
const told = ({ right, precision }: ByLabel, isOneLabel: boolean): number =>
  isOneLabel ? (right ?? 2) : Math.min(right ?? 2, precision ?? 2);

/** The labels that are told worst first; those of which nothing is known last. */
export const worstFirst = (byLabel: readonly ByLabel[], isOneLabel: boolean): ByLabel[] =>
  byLabel.toSorted((one, other) => told(one, isOneLabel) - told(other, isOneLabel) || other.count - one.count);

type Labeler = Assist["byLabeler"][number];
type Told = Pick<Assist, "byLabeler"> & { hidden: Pick<NonNullable<Assist["hidden"]>, "images" | "right"> | null };

/** Whether somebody accepted everything, though what others and hidden suggestions tell says that some of it is wrong. */
export function acceptsAll(labeler: Labeler, { byLabeler, hidden }: Told): boolean {
  const isKnownWrong = byLabeler.some((one) => one.changed > 0) || (hidden !== null && hidden.right < hidden.images);
  return labeler.changed === 0 && labeler.accepted >= MANY && isKnownWrong;
}
