import { Button, Card, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndoRegular } from "@fluentui/react-icons";
import { useEffect, useRef } from "react";
import { isUnderway } from "../api/queries/runs";
import type { Import } from "../api/types";
import { formatDateTime } from "../parts/format";
import { RunBadge } from "../parts/RunBadge";
import { texts } from "../texts";
import { imports } from "../texts/imports";
import { Accuracy } from "./Accuracy";
import { accuracyWords } from "./judged";
import { FigureRows } from "./FigureRows";
import { figuresOf, matchesOf, othersOf, titleOf } from "./figures";

const useStyles = makeStyles({
  one: { gap: tokens.spacingVerticalS },
  head: { display: "flex", alignItems: "center", columnGap: tokens.spacingHorizontalM, flexWrap: "wrap" },
  name: { overflowWrap: "anywhere", minWidth: 0, outlineStyle: "none" },
  quiet: { color: tokens.colorNeutralForeground2 },
  undo: { marginLeft: "auto" },
  again: { alignSelf: "flex-start" },
  more: { cursor: "pointer" },
  details: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, marginTop: tokens.spacingVerticalS },
});

/** How far the undoing of an import is, or what came of it. */
function Undone({ undone }: { undone: NonNullable<Import["undone"]> }) {
  if (isUnderway(undone)) {
    return (
      <>
        <Text>{imports.undoing}</Text>
        <ProgressBar
          thickness="large"
          value={undone.status === "queued" ? undefined : undone.progress}
          aria-label={imports.undoProgress}
        />
      </>
    );
  }
  return (
    <Text role="status">
      {undone.status === "failed"
        ? imports.undoFailed(undone.error ?? "")
        : imports.undone(undone.restored, undone.left, undone.byName ?? "")}
    </Text>
  );
}

interface ImportCardProps {
  one: Import;
  /** It was started here just now. */
  isStarted: boolean;
  /** How it is undone; null where it cannot be. */
  onUndo: (() => void) | null;
  /** How it is begun again; null where it cannot be, or need not. */
  onAgain: (() => void) | null;
}

/** An import as it stands: who, what and when, how far it is, and what it did. */
export function ImportCard({ one, isStarted, onUndo, onAgain }: ImportCardProps) {
  const styles = useStyles();
  const name = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isStarted) name.current?.focus();
  }, [isStarted]);
  const about = [
    imports.formats[one.format],
    imports.asUse[one.as],
    ...(one.replace && one.as === "labels" ? [imports.replaced] : []),
    formatDateTime(one.createdAt),
    ...(one.byName ? [imports.by(one.byName)] : []),
  ];
  return (
    <li>
      <Card className={styles.one} aria-label={titleOf(one)}>
        <div className={styles.head}>
          <Text ref={name} tabIndex={-1} weight="semibold" className={styles.name}>
            {titleOf(one)}
          </Text>
          <RunBadge status={one.status} turning />
          {about.map((words) => (
            <Text key={words} size={200} className={styles.quiet}>
              {words}
            </Text>
          ))}
          {onUndo && (
            <Button
              className={styles.undo}
              appearance="subtle"
              icon={<ArrowUndoRegular />}
              aria-label={imports.undoOf(titleOf(one))}
              onClick={onUndo}
            >
              {imports.undo}
            </Button>
          )}
        </div>
        {isUnderway(one) && (
          <ProgressBar
            thickness="large"
            value={one.status === "queued" ? undefined : one.progress}
            aria-label={imports.progress}
          />
        )}
        {one.waitsForImages && <Text>{imports.waits}</Text>}
        {one.error && <Text>{one.error}</Text>}
        {onAgain && (
          <Button className={styles.again} size="small" aria-label={imports.againWith(titleOf(one))} onClick={onAgain}>
            {texts.common.tryAgain}
          </Button>
        )}
        {one.status === "completed" && (
          <>
            <Text role="status">{imports.done(one.labeled, othersOf(one), one.as)}</Text>
            {one.accuracy && (
              <Text title={imports.accuracyTitle}>{accuracyWords(one.accuracy)}</Text>
            )}
            <details>
              <summary className={styles.more}>
                <Text size={200}>{imports.details}</Text>
              </summary>
              <div className={styles.details}>
                {one.accuracy && <Accuracy accuracy={one.accuracy} />}
                <FigureRows label={imports.did} figures={figuresOf(one)} />
                <FigureRows label={imports.matching} figures={matchesOf(one)} />
              </div>
            </details>
          </>
        )}
        {one.undone && <Undone undone={one.undone} />}
      </Card>
    </li>
  );
}
