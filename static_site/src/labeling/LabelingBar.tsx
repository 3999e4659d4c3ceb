import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useState, type ReactNode } from "react";
import { serverTime } from "../api/clock";
import type { Me, Project } from "../api/types";
import { useHaveChanged } from "./readInstructions";
import type { Doable } from "../parts/actions";
import { lazily } from "../parts/lazily";
import { ProgressLine } from "../parts/ProjectProgress";
import { texts } from "../texts";
import type { PAGE } from "./actions";
import { labeledToday, rowOf } from "./figures";
import { useFigures } from "./useFigures";

// Most projects have nothing to say of it.
const ProjectStatus = lazily(async () => ({ default: (await import("../parts/ProjectStatus")).ProjectStatus }));

// Most projects do not show it.
const OwnFigures = lazily(() => import("./OwnFigures"));

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
  name: {
    flex: "0 1 auto",
    minWidth: "80px",
    maxWidth: "30%",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  progress: { flex: "1 1 160px", minWidth: "160px", maxWidth: "280px" },
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

interface LabelingBarProps {
  project: Project;
  me: Me;
  act: Record<keyof typeof PAGE, Doable>;
}

export function LabelingBar({ project, me, act }: LabelingBarProps) {
  const styles = useStyles();
  const progress = useFigures(project, me.userId);
  const haveChanged = useHaveChanged(project);
  const own = progress && rowOf(progress, me.userId);
  const [isOwnShown, setOwnShown] = useState(false);
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
      {own && (
        <Text size={200} className={styles.own}>
          {texts.labeling.own(
            labeledToday(own.lastHours, serverTime(progress.askedAt)),
            Math.round(own.labeledPerHour),
          )}
        </Text>
      )}
      {project.labelersSeeFigures && (
        <Button size="small" onClick={() => setOwnShown(true)}>
          {texts.labeling.howRight}
        </Button>
      )}
      {isOwnShown && (
        <Suspense>
          <OwnFigures project={project} me={me} onClose={() => setOwnShown(false)} />
        </Suspense>
      )}
      <div className={styles.buttons}>
        <BarButton action={act.instructions}>
          {haveChanged && <span className={styles.changed}>{texts.labeling.instructionsChanged}</span>}
        </BarButton>
        <BarButton action={act.keys} />
      </div>
    </div>
  );
}

function BarButton({ action: { text, key, icon, run }, children }: { action: Doable; children?: ReactNode }) {
  return (
    <Button title={texts.common.withKey(text, key)} appearance="subtle" icon={icon} onClick={run}>
      {text}
      {children}
    </Button>
  );
}
