/** How the figures of labelers are put in a table. */

import type { Counted, Labeler } from "../../api/types";
import { FEW } from "../../parts/few";
import type { TableFigure } from "../../parts/FiguresTable";
import { labelers as said } from "../../texts/labelers";

const isFew = ({ of }: Counted): boolean => of > 0 && of < FEW;

/** Something of theirs rests on too little. */
export const areFew = ({ rejected, agreement, checked }: Labeler): boolean =>
  [rejected, agreement, checked].some(isFew);

/** What is known of nobody is left out. */
export const columnsOf = (labelers: readonly Labeler[]) =>
  (["labeled", "reviewed", "pace", "rejected", "agreement", "checked", "look"] as const).filter(
    (column) =>
      (column !== "agreement" && column !== "checked") || labelers.some((labeler) => labeler[column].of > 0),
  );

/** A share, with what it rests on; gray where that is too little. */
export const figureOf = (counted: Counted): TableFigure => ({
  value: said.share(counted),
  note: said.restsOn(counted),
  few: isFew(counted),
});
