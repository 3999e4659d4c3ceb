import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { treeOf, unfolded, wholeName } from "../parts/labelGroups";
import type { Doable } from "../parts/actions";
import { LabelKey } from "../parts/LabelKey";
import { texts } from "../texts";
import { Explained, isExplained } from "./Explained";
import { BELOW, FINGERS, NARROW } from "./forms";
import { GroupHeading } from "./GroupHeading";
import type { Chosen, Part } from "./pageState";
import { PartSign } from "./PartSign";
import { useCrowded } from "./useCrowded";
import { useFolded } from "./useFolded";

/** From so many on, labels stand in two columns. */
const TWO_COLUMNS = 9;

const useStyles = makeStyles({
  list: {
    flex: "0 1 auto",
    minHeight: "44px",
    overflow: "auto",
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr)",
    alignContent: "start",
    gap: tokens.spacingVerticalXXS,
    margin: 0,
    padding: "2px",
    listStyleType: "none",
    [BELOW]: { gridTemplateColumns: "repeat(auto-fill, minmax(132px, 1fr))", maxHeight: "140px" },
    [NARROW]: { minHeight: "64px" },
  },
  twoColumns: {
    gridTemplateColumns: "repeat(2, minmax(0, 1fr))",
    [BELOW]: { gridTemplateColumns: "repeat(auto-fill, minmax(132px, 1fr))" },
  },
  inline: { flex: 1, gridTemplateColumns: "repeat(auto-fill, minmax(132px, 1fr))", maxHeight: "108px" },
  item: { display: "flex", minWidth: 0 },
  heading: { gridColumn: "1 / -1", minWidth: 0 },
  // Those that were used last stand below once more.
  end: { height: "1px", marginBlock: "3px", backgroundColor: tokens.colorNeutralStroke1 },
  label: {
    boxSizing: "border-box",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalSNudge,
    width: "100%",
    minWidth: 0,
    minHeight: "30px",
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalS}`,
    textAlign: "left",
    font: "inherit",
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground1Hover },
    ":active": { backgroundColor: tokens.colorNeutralBackground1Pressed },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    [NARROW]: { minHeight: "28px", paddingBlock: "1px" },
    [FINGERS]: { minHeight: "40px" },
  },
  small: { fontSize: tokens.fontSizeBase200, lineHeight: "15px", paddingInline: tokens.spacingHorizontalSNudge },
  swatch: { width: "12px", alignSelf: "stretch", minHeight: "16px", flexShrink: 0, borderRadius: tokens.borderRadiusSmall },
  box: { width: "16px", display: "grid", placeItems: "center" },
  none: { width: "auto", flexShrink: 0, marginInline: "2px" },
  empty: { border: `1px dashed ${tokens.colorNeutralStrokeAccessible}` },
  chosen: { border: `1px solid ${tokens.colorBrandStroke1}`, backgroundColor: tokens.colorNeutralBackground1Selected },
  name: {
    flex: 1,
    minWidth: 0,
    overflow: "hidden",
    overflowWrap: "anywhere",
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 2,
  },
  used: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface LabelButtonsProps {
  project: string;
  labels: readonly Label[];
  /** Those that were used last, each in its slot. */
  recent: readonly Label[];
  /** How often each is on this page. */
  counts: ReadonlyMap<number, number>;
  /** Which of them the chosen images have, where an image may have several. */
  chosen: Chosen["labels"] | undefined;
  /** In some short lines, as wide as there is room. */
  inline?: boolean;
  onLabel: (labelId: number) => void;
}

/** The labels as buttons, each with its key, under the headings of their groups. Where there are more than can be seen,
 *  those that were used last come first. */
export function LabelButtons({ project, labels, recent, counts, chosen, inline = false, onLabel }: LabelButtonsProps) {
  const styles = useStyles();
  const [list, isCrowded] = useCrowded(labels.length);
  const [folded, turn] = useFolded(project);
  const tree = treeOf(labels);
  // In short lines, headings would take the room of the labels.
  const rows = inline ? tree.filter(({ kind }) => kind === "label") : unfolded(tree, folded);
  const isGrouped = rows.some(({ kind }) => kind === "group");
  // Under headings each label stays at its place.
  const others = isGrouped ? rows : rows.filter((row) => row.kind === "group" || !recent.includes(row.label));
  const isSmall = inline || labels.length >= TWO_COLUMNS;
  const button = (label: Label) => (
    <LabelButton
      project={project}
      label={label}
      used={counts.get(label.id) ?? 0}
      chosen={chosen && (chosen.get(label.id) ?? false)}
      isSmall={isSmall}
      onLabel={onLabel}
    />
  );
  return (
    <ul
      ref={list}
      className={mergeClasses(styles.list, isSmall && styles.twoColumns, inline && styles.inline)}
      aria-label={texts.labeling.labels}
    >
      {isCrowded &&
        recent.map((label) => (
          <li key={`recent-${label.id}`} className={styles.item}>
            {button(label)}
          </li>
        ))}
      {isCrowded && isGrouped && recent.length > 0 && <li aria-hidden className={mergeClasses(styles.heading, styles.end)} />}
      {(isCrowded ? others : rows).map((row) =>
        row.kind === "group" ? (
          <li key={`group-${row.path}`} className={styles.heading}>
            <GroupHeading group={row} isFolded={folded.has(row.path)} onTurn={() => turn(row.path)} />
          </li>
        ) : (
          <li key={row.label.id} className={styles.item}>
            {button(row.label)}
          </li>
        ),
      )}
    </ul>
  );
}

interface LabelButtonProps {
  project: string;
  label: Label;
  /** How often it is on this page. */
  used: number;
  /** Whether the chosen images have it; undefined = that is told elsewhere. */
  chosen: Part | undefined;
  isSmall: boolean;
  onLabel: (labelId: number) => void;
}

const LabelButton = memo(function LabelButton({ project, label, used, chosen, isSmall, onLabel }: LabelButtonProps) {
  const styles = useStyles();
  const key = label.key.toUpperCase();
  return (
    <Explained project={project} label={label}>
      <button
        type="button"
        role={chosen === undefined ? undefined : "checkbox"}
        aria-checked={chosen}
        className={mergeClasses(styles.label, isSmall && styles.small, chosen && styles.chosen)}
        aria-keyshortcuts={key || undefined}
        title={isExplained(label) ? undefined : wholeName(label)}
        onClick={() => onLabel(label.id)}
      >
        <span className={mergeClasses(styles.swatch, chosen !== undefined && styles.box)} style={labelBand(label.id)}>
          {chosen && <PartSign part={chosen} />}
        </span>
        <span className={styles.name}>{label.name}</span>
        {used > 0 && (
          <span className={styles.used} title={texts.labeling.used(used)} aria-hidden>
            {used}
          </span>
        )}
        {key && <LabelKey name={key} aria-hidden />}
      </button>
    </Explained>
  );
});

/** What stands below the labels: that an image has none of them. */
export function NoneButton({ action: { text, key, run }, chosen }: { action: Doable; chosen: Part }) {
  const styles = useStyles();
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={chosen}
      aria-keyshortcuts={key}
      className={mergeClasses(styles.label, styles.small, styles.none, chosen && styles.chosen)}
      onClick={run}
    >
      <span className={mergeClasses(styles.swatch, styles.box, styles.empty)}>{chosen && <PartSign part={chosen} />}</span>
      <span className={styles.name}>{text}</span>
      <LabelKey name={key} aria-hidden />
    </button>
  );
}
