import { Button, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowUndoRegular, EraserRegular, NextRegular, SelectAllOnRegular } from "@fluentui/react-icons";
import type { MouseEvent, ReactElement } from "react";
import type { Label, LeasedImage } from "../api/types";
import { texts } from "../texts";
import { LayoutPicker } from "./LayoutPicker";
import { countLeft, type PageState } from "./page";
import { TagList } from "./TagList";

const useStyles = makeStyles({
  panel: {
    width: "288px",
    flexShrink: 0,
    boxSizing: "border-box",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalL,
    padding: tokens.spacingVerticalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    minHeight: 0,
  },
  focused: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS, minHeight: "36px" },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", direction: "rtl", textAlign: "left" },
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { overflowWrap: "anywhere", color: tokens.colorNeutralForeground2, maxHeight: "80px", overflow: "auto" },
  actions: { display: "grid", gridTemplateColumns: "1fr 1fr", gap: tokens.spacingHorizontalS },
  submit: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
});

export interface PanelActions {
  tag: (labelId: number) => void;
  pick: (count: number) => void;
  selectAll: () => void;
  askToSkip: () => void;
  clear: () => void;
  undo: () => void;
  submit: () => void;
}

interface PanelProps {
  page: PageState;
  focused: LeasedImage | undefined;
  labels: readonly Label[];
  count: number;
  searchId: string;
  past?: { title: string; onLeave: () => void };
  act: PanelActions;
}

function labelCounts(page: PageState): Map<number, number> {
  const counts = new Map<number, number>();
  for (const mark of Object.values(page.marks)) {
    if (mark.kind === "tag") counts.set(mark.label, (counts.get(mark.label) ?? 0) + 1);
  }
  return counts;
}

/** A click in the panel leaves the focus with the images, so that the keys go on working there. */
function keepFocus(event: MouseEvent): void {
  if (!(event.target instanceof HTMLInputElement)) event.preventDefault();
}

export function Panel({ page, focused, labels, count, searchId, past, act }: PanelProps) {
  const styles = useStyles();
  const left = countLeft(page);
  const button = (text: string, key: string, icon: ReactElement, onClick: () => void, disabled = false) => (
    <Tooltip content={texts.tagging.withKey(text, key)} relationship="description">
      <Button icon={icon} onClick={onClick} disabled={disabled}>
        {text}
      </Button>
    </Tooltip>
  );
  return (
    <aside className={styles.panel} aria-label={texts.tagging.panel} onMouseDown={keepFocus}>
      <LayoutPicker count={count} onPick={act.pick} />
      <TagList labels={labels} counts={labelCounts(page)} searchId={searchId} onTag={act.tag} />
      {focused && (
        <div className={styles.focused}>
          <Text size={200} className={styles.line} title={focused.name}>
            <bdi>{focused.name}</bdi>
          </Text>
          <Text size={200} className={styles.quiet}>
            {texts.tagging.size(focused.width, focused.height)}
          </Text>
          {focused.rejected && (
            <Text size={200} className={styles.words}>
              {texts.tagging.rejectedInFull(focused.rejected.labels.join(", "), focused.rejected.reason ?? "")}
            </Text>
          )}
        </div>
      )}
      <div className={styles.actions}>
        {button(texts.tagging.selectAll, "Ctrl+A", <SelectAllOnRegular />, act.selectAll)}
        {button(texts.tagging.skip, "S", <NextRegular />, act.askToSkip)}
        {button(texts.tagging.clear, "X", <EraserRegular />, act.clear)}
        {button(texts.tagging.undo, "U", <ArrowUndoRegular />, act.undo, page.past.length === 0)}
      </div>
      <div className={styles.submit}>
        <Text size={200} className={styles.quiet} aria-live="polite">
          {page.selected.size > 0
            ? texts.tagging.selected(page.selected.size)
            : left > 0
              ? texts.tagging.left(left)
              : texts.tagging.allTagged}
        </Text>
        <Button appearance="primary" size="large" disabled={left > 0} onClick={act.submit}>
          {past ? "Save changes" : texts.tagging.submit}
        </Button>
        {past && <Button onClick={past.onLeave}>Back to the current page</Button>}
        {past && <Text>{past.title}</Text>}
      </div>
    </aside>
  );
}
