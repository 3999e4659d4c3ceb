import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowCounterclockwiseRegular } from "@fluentui/react-icons";
import { memo } from "react";
import type { Label, Lease, LeasedImage } from "../api/types";
import type { Doable } from "../parts/actions";
import { texts } from "../texts";
import type { SheetActions } from "./actions";
import { BELOW, FINGERS, keepFocus, NARROW, SHORT } from "./forms";
import { LayoutPicker } from "./LayoutPicker";
import { PageActions } from "./PageActions";
import { wasSaid } from "./bands";
import { chosenOf, countLabels, suggested, unlabeled, type PageState } from "./pageState";
import { LabelButtons, NoneButton } from "./LabelButtons";

const useStyles = makeStyles({
  panel: {
    width: "304px",
    flexShrink: 0,
    boxSizing: "border-box",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
    minHeight: 0,
    // As wide as the toolbar is for fingers.
    [`${FINGERS} and (min-width: 901px)`]: { width: "346px" },
    overflowY: "auto",
    // What is last stays over the rest: nothing that has the focus is under it.
    scrollPaddingBottom: "80px",
    [BELOW]: {
      width: "auto",
      flexDirection: "row",
      flexWrap: "wrap",
      alignItems: "center",
      maxHeight: "45%",
      gap: tokens.spacingVerticalM,
      padding: tokens.spacingVerticalM,
      borderLeftStyle: "none",
      borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    },
    [NARROW]: { width: "208px", gap: tokens.spacingVerticalS, padding: tokens.spacingVerticalS },
  },
  labels: {
    flex: "1 0 auto",
    height: 0,
    minHeight: "132px",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    [BELOW]: { flex: "0 0 100%", height: "auto", minHeight: 0, gap: tokens.spacingVerticalXS },
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
    [SHORT]: { flexDirection: "row", justifyContent: "space-between", minHeight: "16px" },
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
  submit: {
    flexShrink: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    // What comes last is always in view.
    position: "sticky",
    bottom: `calc(-1 * ${tokens.spacingVerticalM})`,
    marginBottom: `calc(-1 * ${tokens.spacingVerticalM})`,
    paddingBottom: tokens.spacingVerticalM,
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
  project: string;
  page: PageState;
  focused: LeasedImage | undefined;
  labels: readonly Label[];
  recent: readonly Label[];
  count: number;
  /** How many pictures did not come. */
  broken: number;
  /** Why there are fewer images than asked for. */
  short: Lease["short"];
  isPast: boolean;
  act: SheetActions;
  onLabel: (labelId: number) => void;
  onPick: (count: number) => void;
  onLoadAgain: () => void;
}

export function Panel(props: PanelProps) {
  const { project, page, focused, labels, recent, count, broken, short, isPast, act, onLabel, onPick, onLoadAgain } = props;
  const styles = useStyles();
  const left = unlabeled(page).length;
  const chosen = chosenOf(page);
  const { labeling } = texts;
  return (
    <aside className={styles.panel} aria-label={labeling.panel} onMouseDown={keepFocus}>
      <section className={styles.labels} aria-label={labeling.labels}>
        <div className={styles.head}>
          <h2 className={styles.heading}>{labeling.labels}</h2>
          <SearchButton action={act.search} />
        </div>
        <LabelButtons
          project={project}
          labels={labels}
          recent={recent}
          counts={countLabels(page)}
          chosen={chosen?.labels}
          onLabel={onLabel}
        />
        {act.none && chosen && <NoneButton action={act.none} chosen={chosen.none} />}
      </section>
      {focused && (
        <div className={styles.focused}>
          <Text size={200} className={styles.line} title={focused.name}>
            <bdi>{focused.name}</bdi>
          </Text>
          <Text size={200} className={styles.quiet}>
            {texts.common.size(focused.width, focused.height)}
          </Text>
          {focused.rejected && (
            <Text size={200} className={styles.words}>
              {labeling.rejectedInFull(wasSaid(focused.rejected), focused.rejected.labels.length, focused.rejected.reason ?? "")}
            </Text>
          )}
        </div>
      )}
      {broken > 0 && (
        <div className={styles.broken} role="status">
          <Text size={200}>{labeling.someBroken(broken)}</Text>
          <Button size="small" icon={<ArrowCounterclockwiseRegular />} onClick={onLoadAgain}>
            {labeling.loadAgain}
          </Button>
        </div>
      )}
      <PageActions act={act} />
      <LayoutPicker count={count} onPick={onPick} />
      <div className={styles.submit}>
        <Text size={200} className={styles.quiet} aria-live="polite">
          {page.selected.size > 0
            ? labeling.selected(page.selected.size)
            : left > 0
              ? labeling.left(left, short && labeling.short[short])
              : labeling.allLabeled(suggested(page).length)}
        </Text>
        <SubmitButton action={act.submit} words={isPast ? labeling.saveChanges : labeling.submit} />
      </div>
    </aside>
  );
}

const SearchButton = memo(function SearchButton({ action }: { action: Doable }) {
  const styles = useStyles();
  const { search, searchTitle } = texts.labeling;
  return (
    <Button
      className={styles.search}
      size="small"
      appearance="subtle"
      icon={action.icon}
      title={texts.common.withKey(searchTitle, action.key)}
      onClick={action.run}
    >
      {search}
    </Button>
  );
});

const SubmitButton = memo(function SubmitButton({ action, words }: { action: Doable; words: string }) {
  const styles = useStyles();
  return (
    <Button
      className={styles.done}
      appearance="primary"
      disabled={action.isOff}
      title={texts.common.withKey(words, action.key)}
      onClick={action.run}
    >
      {words}
    </Button>
  );
});
