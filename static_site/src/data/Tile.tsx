import { Badge, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { memo } from "react";
import type { ImageRow, Label } from "../api/types";
import { BandRow } from "../labeling/BandRow";
import { TileMarks } from "../parts/TileMarks";
import { texts } from "../texts";
import { bandsOf, shownAs } from "./bands";
import { doubtLook, saidInstead } from "./doubts";
import { ReviewedMark } from "./ReviewedMark";
import { BAND, type Layout } from "./sizes";
import { Thumbnail } from "./Thumbnail";
import { standing } from "./words";

/** The longest side of a thumbnail, in pixels; on a dense screen a tile takes more than one for each of its own. */
const THUMBNAIL = 256;

/** Of more labels, a tile shows their number. */
const MOST_BANDS = 3;

const useStyles = makeStyles({
  tile: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    boxSizing: "border-box",
    minWidth: 0,
    overflow: "hidden",
    cursor: "pointer",
    userSelect: "none",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke2}`,
  },
  tight: { borderRadius: 0, boxShadow: "none" },
  selected: { backgroundColor: tokens.colorBrandBackground2 },
  frame: { position: "relative", boxSizing: "border-box", padding: "4px" },
  tightFrame: { padding: 0 },
  // It no longer belongs to what is looked for; it stays in its place, so that nothing moves and it can be undone.
  faded: { opacity: 0.35 },
  band: {
    height: `${BAND}px`,
    lineHeight: `${BAND}px`,
    paddingInline: tokens.spacingHorizontalS,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
  },
  bands: { display: "flex", gap: "1px", paddingInline: 0 },
  overlaid: { position: "absolute", insetInline: 0, bottom: 0 },
  bad: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
  missing: { backgroundColor: tokens.colorStatusWarningBackground1, color: tokens.colorStatusWarningForeground1 },
  name: {
    paddingInline: tokens.spacingHorizontalS,
    lineHeight: "22px",
    order: 1,
    // The end of a name tells more than the folders before it.
    direction: "rtl",
    textAlign: "left",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  unseen: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  changed: { position: "absolute", top: "6px", right: "6px" },
  reviewed: { position: "absolute", bottom: "6px", right: "6px" },
});

export const tileId = (imageId: string): string => `image-${imageId}`;

interface TileProps {
  projectId: string;
  row: ImageRow;
  index: number;
  /** How many there are; -1 while it is not known. */
  count: number;
  labels: readonly Label[];
  layout: Layout;
  isSelected: boolean;
  isFocused: boolean;
  isFaded: boolean;
  onPress: (index: number, extend: boolean) => void;
  onOpen: (index: number) => void;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { projectId, row, index, labels, layout, isSelected, isFocused, isFaded } = props;
  const styles = useStyles();
  const said = standing(row);
  const bands = bandsOf(row, labels);
  const instead = saidInstead(row);
  const { isTight } = layout;
  return (
    <div
      id={tileId(row.id)}
      role="option"
      aria-selected={isSelected}
      aria-posinset={index + 1}
      aria-setsize={props.count}
      title={row.name}
      className={mergeClasses(styles.tile, isTight && styles.tight, isSelected && styles.selected)}
      onClick={(event) => props.onPress(index, event.shiftKey)}
      onDoubleClick={() => props.onOpen(index)}
    >
      <div
        className={mergeClasses(styles.frame, isTight && styles.tightFrame, isFaded && styles.faded)}
        style={{ height: layout.picture }}
      >
        <Thumbnail projectId={projectId} row={row} isLarge={layout.picture * devicePixelRatio > THUMBNAIL} />
        {row.reviewed && <ReviewedMark className={styles.reviewed} />}
      </div>
      {/* What is seen is what is read out: the name first, though it stands below. */}
      <div className={isTight ? styles.unseen : styles.name}>
        <bdi>{row.name}</bdi>
      </div>
      {isTight && !isFaded ? (
        <div className={styles.unseen}>{said}</div>
      ) : (
        <div
          className={mergeClasses(
            styles.band,
            isTight && styles.overlaid,
            row.state === "unreadable" && styles.bad,
            row.state === "missing" && styles.missing,
            bands.length > 0 && styles.bands,
          )}
          title={bands.length > 1 ? said : undefined}
        >
          {bands.length > 0 ? <BandRow shown={shownAs(bands, said)} most={MOST_BANDS} withConfidence={false} /> : said}
        </div>
      )}
      {instead && !isTight && (
        <div className={styles.band} style={doubtLook(instead, labels)}>
          {texts.data.modelSays(instead.label, instead.confidence)}
        </div>
      )}
      {row.changedSinceLabeled && (
        <Badge className={styles.changed} color="warning">
          {texts.data.changedBadge}
        </Badge>
      )}
      <TileMarks isSelected={isSelected} isFocused={isFocused} inset="6px" />
    </div>
  );
});
