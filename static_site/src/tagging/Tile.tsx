import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Filled } from "@fluentui/react-icons";
import { memo, useState } from "react";
import type { Label, LeasedImage } from "../api/types";
import { labelColor } from "../parts/colors";
import { texts } from "../texts";
import { BAND } from "./layout";
import type { Mark } from "./page";

const useStyles = makeStyles({
  tile: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    minWidth: 0,
    minHeight: 0,
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    cursor: "pointer",
    userSelect: "none",
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke2}`,
  },
  selected: { backgroundColor: tokens.colorBrandBackground2 },
  frame: { position: "relative", flex: 1, minHeight: 0, padding: "3px" },
  picture: { display: "block", width: "100%", height: "100%", objectFit: "contain" },
  broken: {
    position: "absolute",
    inset: 0,
    display: "grid",
    placeItems: "center",
    padding: tokens.spacingHorizontalS,
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  band: {
    boxSizing: "border-box",
    height: `${BAND}px`,
    flexShrink: 0,
    lineHeight: `${BAND}px`,
    paddingInline: tokens.spacingHorizontalS,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground3,
  },
  skipped: {
    backgroundColor: tokens.colorNeutralBackground5,
    color: tokens.colorNeutralForeground1,
    fontStyle: "italic",
  },
  ring: {
    position: "absolute",
    inset: 0,
    borderRadius: tokens.borderRadiusMedium,
    pointerEvents: "none",
  },
  selectedRing: { border: `3px solid ${tokens.colorBrandStroke1}` },
  focusRing: { outline: `3px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-3px" },
  innerRing: { boxShadow: `inset 0 0 0 5px ${tokens.colorStrokeFocus1}` },
  check: {
    position: "absolute",
    top: "8px",
    left: "8px",
    display: "flex",
    borderRadius: tokens.borderRadiusCircular,
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  rejected: {
    position: "absolute",
    insetInline: "6px",
    top: "6px",
    padding: `2px ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorStatusWarningForeground3,
    backgroundColor: tokens.colorStatusWarningBackground1,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
});

interface TileProps {
  image: LeasedImage;
  url: string;
  index: number;
  mark: Mark | undefined;
  label: Label | undefined;
  selected: boolean;
  focused: boolean;
  onPress: (index: number, extend: boolean) => void;
}

export const tileId = (index: number): string => `tile-${index}`;

export const Tile = memo(function Tile({ image, url, index, mark, label, selected, focused, onPress }: TileProps) {
  const styles = useStyles();
  const [broken, setBroken] = useState<string | null>(null);
  const said = mark?.kind === "skip" ? texts.tagging.skipped(mark.reason) : label?.name;
  return (
    <div
      id={tileId(index)}
      role="option"
      aria-selected={selected}
      aria-label={texts.tagging.tile(index + 1, image.name, said ?? texts.tagging.noTag)}
      title={image.name}
      className={mergeClasses(styles.tile, selected && styles.selected)}
      onClick={(event) => onPress(index, event.shiftKey)}
    >
      <div className={styles.frame}>
        <img className={styles.picture} src={url} alt="" draggable={false} onError={() => setBroken(url)} />
        {broken === url && <span className={styles.broken}>{texts.tagging.broken}</span>}
      </div>
      <div
        className={mergeClasses(styles.band, mark?.kind === "skip" && styles.skipped)}
        style={label && labelColor(label.id)}
        title={said}
      >
        {said}
      </div>
      {image.rejected && (
        <div className={styles.rejected}>
          {texts.tagging.rejected(image.rejected.labels.join(", "), image.rejected.reason ?? "")}
        </div>
      )}
      <div
        className={mergeClasses(
          styles.ring,
          selected && styles.selectedRing,
          focused && styles.innerRing,
          focused && styles.focusRing,
        )}
      />
      {selected && (
        <span className={styles.check}>
          <CheckmarkCircle20Filled />
        </span>
      )}
    </div>
  );
});
