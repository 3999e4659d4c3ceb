import { Button, Text, makeStyles, tokens, useRestoreFocusSource } from "@fluentui/react-components";
import { useAssist } from "../api/queries/runs";
import type { Assist, Project } from "../api/types";
import type { Doable } from "../parts/actions";
import { texts } from "../texts";
import { FINGERS, keepFocus, NARROW } from "./forms";
import { acceptable, suggested, type PageState } from "./pageState";

const useStyles = makeStyles({
  // As high as with its button, so that nothing moves when that comes or goes.
  bar: {
    flexShrink: 0,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    height: "24px",
    [FINGERS]: { height: "40px" },
  },
  words: {
    flex: 1,
    minWidth: 0,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    color: tokens.colorNeutralForeground2,
  },
  button: { flexShrink: 0, [FINGERS]: { minHeight: "40px" }, [NARROW]: { maxWidth: "60%" } },
});

interface SuggestionBarProps {
  project: Project;
  page: PageState;
  accept: Doable;
}

/** One quiet line on suggestions, and what accepts those of the page. */
export function SuggestionBar({ project, page, accept }: SuggestionBarProps) {
  const styles = useStyles();
  const assist = useAssist(project.id, project.mlAssist).data;
  const { ids, isRest, canAccept } = acceptable(page);
  const all = suggested(page).length;
  const action =
    ids.length > 0 && !isRest
      ? texts.common.withKey(texts.labeling.accept(ids.length, all), accept.key)
      : texts.common.withKey(texts.labeling.acceptUnlikely(all), ids.length > 0 ? accept.key : `${accept.key}, ${accept.key}`);
  const leaving = useRestoreFocusSource();
  const words = (assist && wordsOn(assist)) ?? undefined;
  return (
    <div className={styles.bar} onMouseDown={keepFocus}>
      <Text size={200} className={styles.words} title={words}>
        {words}
      </Text>
      {canAccept && (
        <Button
          {...leaving}
          size="small"
          className={styles.button}
          icon={accept.icon}
          title={action}
          onClick={accept.run}
        >
          {action}
        </Button>
      )}
    </div>
  );
}

function wordsOn({ status, detail, lately }: Assist): string | null {
  if (lately && status !== "failed") return texts.labeling.lately(lately.right, lately.suggested);
  return status === "failed" || status === "waiting" ? detail : null;
}
