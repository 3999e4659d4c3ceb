/** What can be done to an image of the Data page, and how its row stands once that is done. */

import type { ImageRow, Me } from "../api/types";

/** Only what somebody labeled or skipped can be rejected; a file that has vanished keeps its labels. */
export const canReject = (row: ImageRow): boolean =>
  ["labeled", "skipped", "disputed"].includes(row.state) || (row.state === "missing" && row.labeledAt !== null);
/** On what somebody said something, one more opinion may be asked for. */
export const canAsk = ({ state }: Pick<ImageRow, "state">): boolean => ["labeled", "skipped", "disputed"].includes(state);
/** What has no preview cannot be judged. */
export const canLabel = (row: ImageRow): boolean => row.state !== "preparing" && row.state !== "unreadable";
/** Only what somebody said of it is right or wrong, that it has none of the labels, too. */
export const canConfirm = (row: ImageRow): boolean => row.labels.length > 0 || row.state === "labeled";

export const rejectedRow = (row: ImageRow): ImageRow => ({
  ...row,
  state: row.state === "missing" ? "missing" : "waiting",
  labels: [],
  labeler: null,
  labelerName: null,
  labeledAt: null,
  changedSinceLabeled: false,
  reviewed: false,
  rejected: row.state !== "missing",
  suggestions: null,
});

/** Its label is an opinion now, one of those that are not told of an image that waits. */
export const askedRow = (row: ImageRow): ImageRow => ({ ...rejectedRow(row), rejected: false });

/** It stays its labeler's. */
export const confirmedRow = (row: ImageRow): ImageRow => ({
  ...row,
  changedSinceLabeled: false,
  reviewed: true,
  suggestions: null,
});

/** When exactly it was labeled, only the service knows. */
export const labeledRow = (row: ImageRow, labels: string[], me: Me): ImageRow => ({
  ...row,
  state: row.state === "missing" ? "missing" : "labeled",
  labels,
  labeler: me.userId,
  labelerName: me.name,
  labeledAt: null,
  changedSinceLabeled: false,
  reviewed: true,
  rejected: false,
  suggestions: null,
});

/** As it is with one who took it from an opinion: there is nothing to be said of it. */
export const skippedRow = (row: ImageRow, me: Me): ImageRow => ({
  ...labeledRow(row, [], me),
  state: row.state === "missing" ? "missing" : "skipped",
});
