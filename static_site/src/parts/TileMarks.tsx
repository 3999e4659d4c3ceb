import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Filled } from "@fluentui/react-icons";

const useStyles = makeStyles({
  ring: { position: "absolute", inset: 0, borderRadius: "inherit", pointerEvents: "none" },
  selected: { border: `3px solid ${tokens.colorBrandStroke1}` },
  focused: {
    outline: `3px solid ${tokens.colorStrokeFocus2}`,
    outlineOffset: "-3px",
    boxShadow: `inset 0 0 0 5px ${tokens.colorStrokeFocus1}`,
  },
  check: {
    position: "absolute",
    display: "flex",
    borderRadius: tokens.borderRadiusCircular,
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface TileMarksProps {
  isSelected: boolean;
  isFocused: boolean;
  /** How far the check mark is from the tile's corner. */
  inset: string;
}

/** What shows over a tile that it is selected, and that it has the focus. */
export function TileMarks({ isSelected, isFocused, inset }: TileMarksProps) {
  const styles = useStyles();
  return (
    <>
      <div className={mergeClasses(styles.ring, isSelected && styles.selected, isFocused && styles.focused)} />
      {isSelected && (
        <span className={styles.check} style={{ top: inset, left: inset }}>
          <CheckmarkCircle20Filled />
        </span>
      )}
    </>
  );
}
