import { Button, Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowCounterclockwiseRegular,
  ArrowHookUpLeftRegular,
  ArrowRedoRegular,
  ArrowUndoRegular,
  EraserRegular,
  NextRegular,
  SearchRegular,
  SelectAllOffRegular,
  SelectAllOnRegular,
  ZoomInRegular,
} from "@fluentui/react-icons";
import type { MouseEvent } from "react";
import type { Label, LeasedImage } from "../api/types";
import { texts } from "../texts";
import { ActionButton } from "./ActionButton";
import type { SheetActions } from "./actions";
import { BELOW, FINGERS, NARROW } from "./forms";
import { LayoutPicker } from "./LayoutPicker";
import { countTags, untagged, type PageState } from "./page";
import { TagList } from "./TagList";

const useStyles = makeStyles({
  panel: {
    width: "288px",
    flexShrink: 0,
    boxSizing: "border-box",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    padding: tokens.spacingVerticalL,
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    minHeight: 0,
    overflowY: "auto",
    [BELOW]: {
      width: "auto",
      flexDirection: "row",
      flexWrap: "wrap",
      alignItems: "center",
      maxHeight: "50%",
      gap: tokens.spacingVerticalM,
      padding: tokens.spacingVerticalM,
      borderLeftStyle: "none",
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
    [NARROW]: { width: "208px", gap: tokens.spacingVerticalS, padding: tokens.spacingVerticalS },
  },
  tags: {
    flex: "1 0 auto",
    height: 0,
    minHeight: "176px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    [BELOW]: { order: -1, flex: "0 0 100%", height: "auto", minHeight: 0, gap: tokens.spacingVerticalXS },
    [NARROW]: { minHeight: "96px", gap: "2px" },
  },
  head: { display: "flex", alignItems: "center", justifyContent: "space-between" },
  heading: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  search: {
    minWidth: 0,
    paddingInline: tokens.spacingHorizontalXS,
    fontWeight: tokens.fontWeightRegular,
    [FINGERS]: { minHeight: "40px" },
  },
  focused: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    minHeight: "36px",
    flexShrink: 0,
    [BELOW]: { flex: "1 1 200px", minWidth: 0 },
    [NARROW]: { order: 1 },
  },
  line: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", direction: "rtl", textAlign: "left" },
  quiet: { color: tokens.colorNeutralForeground2 },
  words: { overflowWrap: "anywhere", color: tokens.colorNeutralForeground2, maxHeight: "80px", overflow: "auto" },
  broken: {
    flexShrink: 0,
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalS,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    [BELOW]: { flex: "1 1 100%" },
  },
  actions: {
    flexShrink: 0,
    display: "grid",
    gridTemplateColumns: "1fr 1fr",
    gap: tokens.spacingHorizontalSNudge,
    [BELOW]: { display: "flex", flexWrap: "wrap", flex: "1 1 auto" },
    [NARROW]: { display: "flex", flexWrap: "wrap", gap: "2px" },
  },
  submit: {
    flexShrink: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    // What comes last is always in view.
    position: "sticky",
    bottom: `calc(-1 * ${tokens.spacingVerticalL})`,
    marginBottom: `calc(-1 * ${tokens.spacingVerticalL})`,
    paddingBottom: tokens.spacingVerticalL,
    backgroundColor: tokens.colorNeutralBackground1,
    [BELOW]: {
      flex: "1 0 100%",
      flexDirection: "row",
      alignItems: "center",
      justifyContent: "flex-end",
      bottom: `calc(-1 * ${tokens.spacingVerticalM})`,
      marginBottom: `calc(-1 * ${tokens.spacingVerticalM})`,
      paddingBottom: tokens.spacingVerticalM,
    },
    [NARROW]: {
      order: 2,
      gap: "2px",
      bottom: `calc(-1 * ${tokens.spacingVerticalS})`,
      marginBottom: `calc(-1 * ${tokens.spacingVerticalS})`,
      paddingBottom: tokens.spacingVerticalS,
    },
  },
  done: { minHeight: "40px", [NARROW]: { minHeight: "32px", paddingBlock: 0 } },
});

interface PanelProps {
  page: PageState;
  focused: LeasedImage | undefined;
  labels: readonly Label[];
  recent: readonly Label[];
  count: number;
  /** How many pictures did not come. */
  broken: number;
  isPast: boolean;
  act: SheetActions;
  onLoadAgain: () => void;
}

/** A click in the panel leaves the focus with the images, so that the keys go on working there. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

export function Panel({ page, focused, labels, recent, count, broken, isPast, act, onLoadAgain }: PanelProps) {
  const styles = useStyles();
  const left = untagged(page).length;
  const { tagging } = texts;
  return (
    <aside className={styles.panel} aria-label={tagging.panel} onMouseDown={keepFocus}>
      <LayoutPicker count={count} onPick={act.pick} />
      <section className={styles.tags} aria-label={tagging.tags}>
        <div className={styles.head}>
          <h2 className={styles.heading}>{tagging.tags}</h2>
          <Tooltip content={tagging.withKey(tagging.searchTitle, "/")} relationship="description">
            <Button
              className={styles.search}
              size="small"
              appearance="subtle"
              icon={<SearchRegular />}
              onClick={act.search}
            >
              {tagging.search}
            </Button>
          </Tooltip>
        </div>
        <TagList labels={labels} recent={recent} counts={countTags(page)} onTag={act.tag} />
      </section>
      {focused && (
        <div className={styles.focused}>
          <Text size={200} className={styles.line} title={focused.name}>
            <bdi>{focused.name}</bdi>
          </Text>
          <Text size={200} className={styles.quiet}>
            {tagging.size(focused.width, focused.height)}
          </Text>
          {focused.rejected && (
            <Text size={200} className={styles.words}>
              {tagging.rejectedInFull(focused.rejected.labels.join(", "), focused.rejected.reason ?? "")}
            </Text>
          )}
        </div>
      )}
      {broken > 0 && (
        <div className={styles.broken} role="status">
          <Text size={200}>{tagging.someBroken(broken)}</Text>
          <Button size="small" icon={<ArrowCounterclockwiseRegular />} onClick={onLoadAgain}>
            {tagging.loadAgain}
          </Button>
        </div>
      )}
      <div className={styles.actions}>
        <ActionButton text={tagging.skip} hotkey="S" icon={<NextRegular />} onClick={act.askToSkip} />
        <ActionButton text={tagging.clear} hotkey="X" icon={<EraserRegular />} onClick={act.clear} />
        <ActionButton
          text={tagging.undo}
          hotkey="U"
          icon={<ArrowUndoRegular />}
          onClick={act.undo}
          disabled={page.past.length === 0}
        />
        <ActionButton
          text={tagging.redo}
          hotkey="Ctrl+Y"
          icon={<ArrowRedoRegular />}
          onClick={act.redo}
          disabled={page.undone.length === 0}
        />
        <ActionButton text={tagging.selectAll} hotkey="Ctrl+A" icon={<SelectAllOnRegular />} onClick={act.selectAll} />
        <ActionButton
          text={tagging.selectUntagged}
          hotkey={tagging.restKeys}
          icon={<SelectAllOffRegular />}
          onClick={act.selectUntagged}
          disabled={left === 0}
        />
        <ActionButton text={tagging.enlarge} hotkey="Z" icon={<ZoomInRegular />} onClick={act.enlarge} />
        {act.back && (
          <ActionButton text={tagging.back} hotkey="B" icon={<ArrowHookUpLeftRegular />} onClick={act.back} />
        )}
      </div>
      <div className={styles.submit}>
        <Text size={200} className={styles.quiet} aria-live="polite">
          {page.selected.size > 0
            ? tagging.selected(page.selected.size)
            : left > 0
              ? tagging.left(left)
              : tagging.allTagged}
        </Text>
        <Tooltip content={tagging.withKey(isPast ? tagging.saveChanges : tagging.submit, "Ctrl+Enter")} relationship="description">
          <Button className={styles.done} appearance="primary" disabled={left > 0} onClick={act.submit}>
            {isPast ? tagging.saveChanges : tagging.submit}
          </Button>
        </Tooltip>
      </div>
    </aside>
  );
}
