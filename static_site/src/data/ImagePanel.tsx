import { Badge, Button, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { useHistory } from "../api/queries/images";
import type { ImageRow, Project } from "../api/types";
import { Loaded } from "../parts/States";
import { taskOf } from "../tasks";
import { texts } from "../texts";
import { disputeTexts } from "../texts/opinions";
import { saidInstead } from "./doubts";
import { ExampleButton } from "./ExampleButton";
import { History } from "./History";
import { areNamesHidden, withoutNames } from "./opinions";
import { OpinionsOf } from "./OpinionsOf";
import { ReviewedMark } from "./ReviewedMark";
import { Thumbnail } from "./Thumbnail";
import type { Dispute } from "./useDispute";
import { useOpinions } from "./useOpinions";

/** While the focus runs over the images, no history is asked for. */
const REST_MS = 150;

/** Where there is no room beside the grid: a tablet held upright, or a window at twice its size. */
const NARROW = "@media (max-width: 1000px)";

const useStyles = makeStyles({
  panel: {
    position: "sticky",
    top: tokens.spacingVerticalL,
    width: "360px",
    flexShrink: 0,
    boxSizing: "border-box",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingVerticalL,
    maxHeight: "calc(100vh - 180px)",
    overflow: "auto",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    [NARROW]: {
      position: "fixed",
      zIndex: 3,
      top: "64px",
      bottom: "76px",
      right: tokens.spacingHorizontalM,
      width: "min(320px, 60vw)",
      maxHeight: "none",
      boxShadow: tokens.shadow28,
    },
  },
  atLeft: { [NARROW]: { left: tokens.spacingHorizontalM, right: "auto" } },
  head: { display: "flex", alignItems: "flex-start", gap: tokens.spacingHorizontalS },
  name: { flex: 1, minWidth: 0, overflowWrap: "anywhere", maxHeight: "80px", overflow: "auto" },
  picture: {
    width: "100%",
    height: "220px",
    flexShrink: 0,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    [NARROW]: { height: "140px" },
  },
  // What is said of it is to be in sight, too.
  lower: { height: "140px" },
  words: { overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
  heading: { margin: 0 },
  earlier: { alignSelf: "flex-start", flexShrink: 0 },
});

interface ImagePanelProps {
  project: Project;
  row: ImageRow;
  /** Where it is over the grid: at which side, so that the image itself is not under it. */
  side: "left" | "right";
  dispute: Dispute;
  onClose: () => void;
}

/** What the focused image is and what has happened to it, beside the grid; over it where there is little room. */
export function ImagePanel({ project, row, side, dispute, onClose }: ImagePanelProps) {
  const styles = useStyles();
  const instead = saidInstead(row);
  return (
    <section
      className={mergeClasses(styles.panel, side === "left" && styles.atLeft)}
      aria-label={texts.data.panel} tabIndex={0}>
      <div className={styles.head}>
        <Text weight="semibold" className={styles.name}>
          {row.name}
        </Text>
        <Button appearance="subtle" icon={<DismissRegular />} aria-label={texts.common.close} onClick={onClose} />
      </div>
      <div className={mergeClasses(styles.picture, row.state === "disputed" && styles.lower)}>
        <Thumbnail key={`picture-${row.id}`} projectId={project.id} row={row} isLarge />
      </div>
      {row.problem && <Text className={styles.words}>{row.problem}</Text>}
      {row.state === "missing" && <Text>{texts.data.missing}</Text>}
      <Text size={200} className={styles.quiet}>
        {texts.data.about(texts.states[row.state], row.width, row.height)}
      </Text>
      {instead && <Text className={styles.words}>{texts.data.doubt(instead.label, instead.confidence)}</Text>}
      {row.reviewed && (
        <Text>
          <ReviewedMark /> {texts.data.isReviewed}
        </Text>
      )}
      {row.changedSinceLabeled && (
        <Text>
          <Badge color="warning">{texts.data.changedBadge}</Badge> {texts.data.changed}
        </Text>
      )}
      <ExampleButton project={project} row={row} />
      <Said key={`said-${row.id}`} project={project} row={row} dispute={dispute} />
    </section>
  );
}

/** What several people say of it, and what has happened to it. */
function Said({ project, row, dispute }: Pick<ImagePanelProps, "project" | "row" | "dispute">) {
  const styles = useStyles();
  const [isResting, setResting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setResting(true), REST_MS);
    return () => clearTimeout(timer);
  }, []);
  const history = useHistory(project.id, row.id, isResting);
  const opinions = useOpinions(project.id, row.id, isResting) ?? [];
  return (
    <>
      {opinions.length > 0 && (
        <>
          <Text as="h2" weight="semibold" className={styles.heading}>
            {disputeTexts.title}
          </Text>
          <OpinionsOf
            opinions={opinions}
            labels={project.labels}
            dispute={row.state === "disputed" ? dispute : undefined}
          />
          {areNamesHidden(opinions) && <Text className={styles.quiet}>{disputeTexts.hint}</Text>}
        </>
      )}
      <Text as="h2" weight="semibold" className={styles.heading}>
        {texts.data.history}
      </Text>
      <Loaded query={history}>
        {(entries) => (
          <History
            entries={withoutNames(entries, opinions)}
            // Of opinions of several people nothing is added or taken away.
            isOneLabel={taskOf(project).isOneLabel || opinions.length > 0}
          />
        )}
      </Loaded>
      {history.hasNextPage && (
        <Button
          size="small"
          className={styles.earlier}
          disabled={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {texts.data.earlier}
        </Button>
      )}
    </>
  );
}
