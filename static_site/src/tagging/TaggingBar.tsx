import { Button, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { BookInformationRegular, KeyboardRegular } from "@fluentui/react-icons";
import { lazy, Suspense } from "react";
import { serverTime } from "../api/clock";
import { useProgress } from "../api/queries";
import type { Me, Project } from "../api/types";
import { useHaveChanged } from "../labeler/readInstructions";
import { useOutbox } from "../outbox/open";
import { ProgressLine } from "../parts/ProjectProgress";
import { texts } from "../texts";
import { labeledToday, withSubmitted } from "./figures";

// Most projects have nothing to say of it.
const ProjectStatus = lazy(async () => ({ default: (await import("../parts/ProjectStatus")).ProjectStatus }));

const REFRESH_MS = 15_000;

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    flexWrap: "wrap",
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalXS,
    minHeight: "48px",
    flexShrink: 0,
    paddingBlock: tokens.spacingVerticalXS,
    boxSizing: "border-box",
    paddingInline: tokens.spacingHorizontalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { flex: "0 1 auto", minWidth: "80px", maxWidth: "30%", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  progress: { flex: "0 1 280px", minWidth: "160px" },
  own: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" },
  changed: {
    marginLeft: tokens.spacingHorizontalSNudge,
    paddingInline: tokens.spacingHorizontalXS,
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForegroundInverted,
    backgroundColor: tokens.colorNeutralBackgroundInverted,
  },
  buttons: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalXS, marginLeft: "auto" },
});

interface TaggingBarProps {
  project: Project;
  me: Me;
  onInstructions: () => void;
  onKeys: () => void;
}

export function TaggingBar({ project, me, onInstructions, onKeys }: TaggingBarProps) {
  const styles = useStyles();
  const { data } = useProgress(project.id, REFRESH_MS);
  const outbox = useOutbox(me.userId);
  const haveChanged = useHaveChanged(project);
  const progress = data && withSubmitted(data, outbox, project.id, me.userId);
  const own = progress?.byLabeler.find((row) => row.userId === me.userId);
  return (
    <div className={styles.bar}>
      <Text as="h1" size={400} weight="semibold" className={styles.name} title={project.name}>
        {project.name}
      </Text>
      {project.status !== "created" && (
        <Suspense>
          <ProjectStatus project={project} />
        </Suspense>
      )}
      <div className={styles.progress}>
        <ProgressLine progress={progress} />
      </div>
      {progress && (
        <Text size={200} className={styles.own}>
          {texts.tagging.own(
            own ? labeledToday(own.lastHours, serverTime(progress.askedAt)) : 0,
            Math.round(own?.labeledPerHour ?? 0),
          )}
        </Text>
      )}
      <div className={styles.buttons}>
        <Tooltip content={texts.tagging.instructionsHint} relationship="description">
          <Button appearance="subtle" icon={<BookInformationRegular />} onClick={onInstructions}>
            {texts.tagging.instructions}
            {haveChanged && <span className={styles.changed}>{texts.tagging.instructionsChanged}</span>}
          </Button>
        </Tooltip>
        <Tooltip content={texts.tagging.keysHint} relationship="description">
          <Button appearance="subtle" icon={<KeyboardRegular />} onClick={onKeys}>
            {texts.tagging.keys}
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}
