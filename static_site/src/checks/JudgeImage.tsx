import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useEffect, useState } from "react";
import type { CheckImage, Project, VerdictWord } from "../api/types";
import { KeysDialog, LabelSearch, loadDialogs } from "../data/dialogs";
import { shownOf } from "../labeling/bands";
import { BELOW } from "../labeling/forms";
import { useRecentLabels } from "../labeling/useRecentLabels";
import { useActions } from "../parts/actions";
import { LargeButton } from "../parts/LargeButton";
import { useZoom } from "../parts/useZoom";
import { ZoomedImage } from "../parts/ZoomedImage";
import { taskOf } from "../tasks";
import { tag, type Mark } from "../tasks/marks";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import { judgeTableOf } from "./actions";
import { JudgeFoot } from "./JudgeFoot";
import { JudgePanel } from "./JudgePanel";
import { markOf, turned, verdictBy, type Saying } from "./judging";
import { keyOf } from "./verdicts";

const useStyles = makeStyles({
  whole: { flex: 1, minHeight: 0, display: "flex", [BELOW]: { flexDirection: "column" } },
  main: {
    flex: 1,
    minWidth: 0,
    minHeight: 0,
    display: "grid",
    gridTemplateRows: "auto minmax(0, 1fr) auto",
    gridTemplateColumns: "minmax(0, 1fr)",
  },
  head: {
    gridRow: 1,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    paddingInline: tokens.spacingHorizontalL,
  },
  words: { flex: 1, minWidth: 0, display: "flex", columnGap: tokens.spacingHorizontalM },
  name: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2, whiteSpace: "nowrap" },
});

interface JudgeImageProps {
  project: Project;
  image: CheckImage;
  /** Which one it is, from 1 on. */
  place: number;
  size: number;
  last: VerdictWord | null;
  onJudge: (saying: Saying) => void;
  onUndo: () => void;
  onLeave: () => void;
}

const NO_SWIPE = (): void => undefined;

/** One image of a check, its labels, and all that can be said of them. What has the focus stays while images change. */
export function JudgeImage({ project, image, place, size, last, onJudge, onUndo, onLeave }: JudgeImageProps) {
  const styles = useStyles();
  const task = taskOf(project);
  const { labels } = project;
  const zoom = useZoom({ image, onSwipe: NO_SWIPE });
  const used = useRecentLabels(project.id, labels);
  const [dialog, setDialog] = useState<"search" | "keys" | null>(null);
  /** Labels that were turned on or off, of the image with this key. */
  const [changed, setChanged] = useState<{ of: string; mark: Mark } | null>(null);
  const own = changed?.of === keyOf(image) ? changed.mark : null;
  const mark = own ?? markOf(image, project);
  const byMark = verdictBy(mark, image, project);
  const isChanged = byMark.verdict === "wrong";
  useEffect(loadDialogs, []);
  const { stage } = zoom;
  useEffect(() => stage.current?.focus({ preventScroll: true }), [stage]);

  const change = (to: Mark) => setChanged({ of: keyOf(image), mark: to });
  const onLabel = (label: number) => {
    used.note(label);
    if (task.isOneLabel) onJudge(verdictBy(tag([label]), image, project));
    else change(turned(mark, label, task, project));
  };
  const table = judgeTableOf(task);
  const act = useActions(
    table,
    {
      labels,
      zoom,
      isChanged,
      canUndo: last !== null,
      onRight: () => onJudge(byMark),
      onWrong: () => onJudge({ verdict: "wrong" }),
      onUnclear: () => onJudge({ verdict: "unclear" }),
      onLabel,
      onNone: () => change(tag([])),
      onReset: () => setChanged(null),
      onUndo,
      onOpen: setDialog,
      onLeave,
    },
    dialog === null,
  );
  const shown = shownOf(task, mark, undefined, new Map(labels.map((label) => [label.id, label])));
  const shared = { project, image, task, act, shown, isChanged };
  const sought = [...used.keyless, ...labels.filter((label) => !used.keyless.includes(label))];
  const close = () => setDialog(null);
  return (
    <div className={styles.whole}>
      <div className={styles.main}>
        <ZoomedImage
          projectId={project.id}
          image={{ ...image, previewUrl: image.previewUrl ?? "" }}
          zoom={zoom}
          label={checks.picture(image.name)}
        >
          {null}
        </ZoomedImage>
        <div className={styles.head}>
          <div className={styles.words}>
            <Text weight="semibold" className={styles.name} title={image.name}>
              {image.name}
            </Text>
            <Text className={styles.quiet}>{texts.common.size(image.width, image.height)}</Text>
          </div>
          <LargeButton action={act.zoomOut} />
          <LargeButton action={act.zoomIn} />
          <LargeButton action={act.showAll} />
          <LargeButton action={act.keys} />
        </div>
        <JudgeFoot {...shared} place={place} size={size} last={last} />
      </div>
      <JudgePanel {...shared} mark={mark} recent={used.recent} onLabel={onLabel} />
      <Suspense>
        {dialog === "keys" && <KeysDialog table={table} hasLargeView={false} onClose={close} />}
        {dialog === "search" && (
          <LabelSearch
            labels={sought}
            hint={task.isOneLabel ? checks.searchHint : checks.searchHintSeveral}
            onLabel={onLabel}
            onClose={close}
          />
        )}
      </Suspense>
    </div>
  );
}
