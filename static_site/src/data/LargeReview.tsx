import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ImageRow, Label } from "../api/types";
import { ActionButton } from "../labeling/ActionButton";
import { BandRow } from "../labeling/BandRow";
import type { ReviewActions } from "./actions";
import { bandsOf, shownAs } from "./bands";
import { doubtLook, saidInstead } from "./doubts";
import { ReviewedMark } from "./ReviewedMark";
import { texts } from "../texts";
import { standing } from "./words";

const useStyles = makeStyles({
  band: {
    boxSizing: "border-box",
    minHeight: "32px",
    padding: `6px ${tokens.spacingHorizontalL}`,
    textAlign: "center",
    overflowWrap: "anywhere",
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: "20px",
  },
  bands: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "1px",
    minHeight: "32px",
    padding: 0,
    lineHeight: "32px",
  },
  below: {
    display: "flex",
    flexWrap: "wrap",
    justifyContent: "center",
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
  },
});

interface LargeReviewProps {
  row: ImageRow;
  labels: readonly Label[];
  act: ReviewActions;
}

/** What stands below the image that fills the window: how it stands, and what a reviewer can do to it. */
export function LargeReview({ row, labels, act }: LargeReviewProps) {
  const styles = useStyles();
  const instead = saidInstead(row);
  const said = standing(row);
  const bands = bandsOf(row, labels);
  return (
    <>
      <div role="status" className={mergeClasses(styles.band, bands.length > 0 && styles.bands)}>
        {bands.length > 0 ? <BandRow shown={shownAs(bands, said)} withConfidence={false} /> : (row.problem ?? said)}{" "}
        {row.reviewed && <ReviewedMark />}
      </div>
      {instead && (
        <div className={styles.band} style={doubtLook(instead, labels)}>
          {texts.data.modelSays(instead.label, instead.confidence)}
        </div>
      )}
      <div className={styles.below}>
        <ActionButton action={act.undo} />
        <ActionButton action={act.search} />
        {instead && <ActionButton action={act.take} />}
        <ActionButton action={act.confirm} />
        <ActionButton action={act.reject} />
      </div>
    </>
  );
}
