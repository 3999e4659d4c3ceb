import { makeStyles, tokens } from "@fluentui/react-components";
import type { ImageRow, Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { ActionButton } from "../labeling/ActionButton";
import type { ReviewActions } from "./actions";
import { doubtLook, saidInstead } from "./doubts";
import { ReviewedMark } from "./ReviewedMark";
import { texts } from "../texts";

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
  const label = row.state === "labeled" ? labels.find((one) => one.name === row.labels[0]) : undefined;
  const instead = saidInstead(row);
  const said = label?.name ?? texts.data.stateOf(texts.states[row.state], row.labels.join(", "));
  return (
    <>
      <div role="status" className={styles.band} style={label && labelBand(label.id)}>
        {row.problem ?? said} {row.reviewed && <ReviewedMark />}
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
