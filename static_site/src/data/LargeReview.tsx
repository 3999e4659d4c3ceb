import { makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowUndoRegular,
  CheckmarkCircleRegular,
  TagRegular,
  ThumbDislikeRegular,
  ThumbLikeRegular,
} from "@fluentui/react-icons";
import type { ImageRow, Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { ActionButton } from "../tagging/ActionButton";
import { doubtLook } from "./doubts";
import { ReviewedMark } from "./ReviewedMark";
import { texts } from "../texts";
import type { Plain } from "./keys";
import type { Reviewing } from "./review";

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
  reviewing: Reviewing;
  run: (command: Plain) => void;
}

/** What stands below the image that fills the window: how it stands, and what a reviewer can do to it. */
export function LargeReview({ row, labels, reviewing, run }: LargeReviewProps) {
  const styles = useStyles();
  const label = row.state === "labeled" ? labels.find((one) => one.name === row.labels[0]) : undefined;
  const said = label?.name ?? texts.data.stateOf(texts.states[row.state], row.labels.join(", "));
  const canUndo = reviewing.past.length > 0;
  return (
    <>
      <div role="status" className={styles.band} style={label && labelBand(label.id)}>
        {row.problem ?? said} {row.reviewed && <ReviewedMark />}
      </div>
      {row.suggestion && (
        <div className={styles.band} style={doubtLook(row.suggestion, labels)}>
          {texts.data.modelSays(row.suggestion.label, row.suggestion.confidence)}
        </div>
      )}
      <div className={styles.below}>
        <ActionButton
          text={texts.data.undo}
          hotkey="U"
          icon={<ArrowUndoRegular />}
          disabled={!canUndo}
          onClick={() => run("undo")}
        />
        <ActionButton text={texts.data.changeLabel} hotkey="1–9" icon={<TagRegular />} onClick={() => run("search")} />
        {row.suggestion && (
          <ActionButton
            text={texts.data.take}
            hotkey="Y"
            icon={<CheckmarkCircleRegular />}
            onClick={() => run("takeSuggested")}
          />
        )}
        <ActionButton text={texts.data.confirm} hotkey="C" icon={<ThumbLikeRegular />} onClick={() => run("confirm")} />
        <ActionButton text={texts.data.reject} hotkey="R" icon={<ThumbDislikeRegular />} onClick={() => run("reject")} />
      </div>
    </>
  );
}
