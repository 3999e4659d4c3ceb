import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { ImageRow, Project } from "../api/types";
import { ActionButton } from "../labeling/ActionButton";
import { BandRow } from "../labeling/BandRow";
import type { ReviewActions } from "./actions";
import { bandsOf, shownAs } from "./bands";
import { doubtLook, saidInstead } from "./doubts";
import { OpinionsOf } from "./OpinionsOf";
import { ReviewedMark } from "./ReviewedMark";
import { texts } from "../texts";
import type { Dispute } from "./useDispute";
import { useOpinions } from "./useOpinions";
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
  // Their place is kept while they are asked for.
  opinions: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalS,
    minHeight: "48px",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
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
  project: Project;
  row: ImageRow;
  act: ReviewActions;
  dispute: Dispute;
}

/** What stands below the image that fills the window: how it stands, and what a reviewer can do to it. */
export function LargeReview({ project, row, act, dispute }: LargeReviewProps) {
  const styles = useStyles();
  const { labels } = project;
  const isDisputed = row.state === "disputed";
  // Those of an image that was disputed a moment ago are known, and told with the names.
  const opinions = useOpinions(project.id, row.id, isDisputed) ?? [];
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
      {(isDisputed || opinions.length > 0) && (
        <div className={styles.opinions}>
          <OpinionsOf opinions={opinions} labels={labels} isBeside dispute={isDisputed ? dispute : undefined} />
        </div>
      )}
      <div className={styles.below}>
        <ActionButton action={act.undo} />
        <ActionButton action={act.search} />
        {instead && <ActionButton action={act.take} />}
        {isDisputed ? <ActionButton action={act.ask} /> : <ActionButton action={act.confirm} />}
        <ActionButton action={act.reject} />
      </div>
    </>
  );
}
