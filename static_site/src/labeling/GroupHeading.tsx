import { makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { shownPath, type GroupHeading as Heading } from "../parts/labelGroups";
import { FINGERS } from "./forms";

const useStyles = makeStyles({
  heading: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXXS,
    width: "100%",
    minWidth: 0,
    minHeight: "24px",
    padding: `0 ${tokens.spacingHorizontalXXS}`,
    textAlign: "left",
    font: "inherit",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
    backgroundColor: "transparent",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    [FINGERS]: { minHeight: "40px" },
  },
  name: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  count: { marginLeft: "auto", fontWeight: tokens.fontWeightRegular, fontVariantNumeric: "tabular-nums" },
});

interface GroupHeadingProps {
  group: Heading<unknown>;
  isFolded: boolean;
  onTurn: () => void;
}

/** The name of a group over its labels, which it folds and unfolds. */
export function GroupHeading({ group, isFolded, onTurn }: GroupHeadingProps) {
  const styles = useStyles();
  const Chevron = isFolded ? ChevronRightRegular : ChevronDownRegular;
  return (
    <button
      type="button"
      className={styles.heading}
      style={{ paddingLeft: `${group.depth * 10 + 2}px` }}
      aria-expanded={!isFolded}
      title={shownPath(group.path)}
      onClick={onTurn}
    >
      <Chevron fontSize={16} aria-hidden />
      <span className={styles.name}>{group.name}</span>
      <span className={styles.count}>{group.labels.length}</span>
    </button>
  );
}
