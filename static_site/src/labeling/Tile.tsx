import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { WarningRegular } from "@fluentui/react-icons";
import { memo } from "react";
import type { Label, LeasedImage } from "../api/types";
import { GROUND } from "../parts/ground";
import { TileMarks } from "../parts/TileMarks";
import type { Mark } from "../tasks/marks";
import type { Suggested, TaskType } from "../tasks/task";
import { texts } from "../texts";
import { BandRow } from "./BandRow";
import { shownOf, wasSaid, type Names } from "./bands";
import { BAND, fitPicture, PADDING } from "./layout";

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
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralStroke2}`,
  },
  selected: { backgroundColor: tokens.colorBrandBackground2 },
  frame: { flex: 1, minHeight: 0, padding: `${PADDING}px`, display: "grid", placeItems: "center" },
  // As large as the picture will be, before it is there.
  picture: {
    position: "relative",
    backgroundColor: tokens.colorNeutralBackground4,
    borderRadius: tokens.borderRadiusSmall,
    overflow: "hidden",
  },
  image: { display: "block", width: "100%", height: "100%", backgroundColor: GROUND },
  broken: {
    position: "absolute",
    inset: 0,
    display: "grid",
    placeItems: "center",
    padding: tokens.spacingHorizontalXS,
    overflow: "hidden",
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  bands: {
    height: `${BAND}px`,
    flexShrink: 0,
    display: "flex",
    gap: "1px",
    lineHeight: `${BAND}px`,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  noBand: { display: "block", paddingInline: tokens.spacingHorizontalS, textAlign: "center" },
  none: { backgroundColor: tokens.colorNeutralBackground5, color: tokens.colorNeutralForeground1 },
  skipped: { fontStyle: "italic" },
  suggestedNone: {
    fontWeight: tokens.fontWeightRegular,
    outline: `1px dashed ${tokens.colorNeutralStrokeAccessible}`,
    outlineOffset: "-1px",
  },
  rejected: {
    position: "absolute",
    right: "8px",
    top: "8px",
    maxWidth: "calc(100% - 44px)",
    boxSizing: "border-box",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalXS,
    padding: `1px ${tokens.spacingHorizontalXS}`,
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorStatusWarningBackground1,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
  sign: { flexShrink: 0 },
  words: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  // For eyes: what is read aloud of a tile is its name and its description, which say the same.
  said: { "::before": { content: "attr(data-said)" } },
});

/** In less, a few letters of a reason tell nothing: the sign alone is shown. */
const ROOM_FOR_WORDS = 150;
/** In less, the label's name needs all there is. */
const ROOM_FOR_CONFIDENCE = 72;

/** Of more, a tile shows their number. */
const MOST_BANDS = 3;

interface TileProps {
  id: string;
  image: LeasedImage;
  url: string;
  /** The room for the picture. */
  width: number;
  height: number;
  index: number;
  task: TaskType;
  names: Names<Label>;
  mark: Mark | undefined;
  /** What is suggested, as long as there is no mark. */
  suggested: Suggested | undefined;
  /** The name of the label that a click on the label gives it. */
  turnsTo: string | undefined;
  selected: boolean;
  focused: boolean;
  broken: boolean;
  attempt: number;
  onBroken: (id: string) => void;
}

export const Tile = memo(function Tile(props: TileProps) {
  const { image, index, mark, selected, focused } = props;
  const styles = useStyles();
  const shown = shownOf(props.task, mark, props.suggested, props.names);
  const { bands, isNone, said } = shown;
  const rejected =
    image.rejected && texts.labeling.rejected(wasSaid(image.rejected), image.rejected.reason ?? "");
  return (
    <div
      id={props.id}
      data-index={index}
      role="option"
      aria-selected={selected}
      aria-label={texts.labeling.tile(index + 1, image.name, said ?? texts.labeling.noLabel)}
      aria-description={[rejected, props.broken && texts.labeling.broken].filter(Boolean).join(". ") || undefined}
      title={image.name}
      className={mergeClasses(styles.tile, selected && styles.selected)}
    >
      <div className={styles.frame}>
        <div className={styles.picture} style={fitPicture(image, props)}>
          <img
            key={props.attempt}
            className={styles.image}
            src={props.url}
            alt=""
            draggable={false}
            onError={() => props.onBroken(image.id)}
          />
          {props.broken && <span className={mergeClasses(styles.broken, styles.said)} data-said={texts.labeling.broken} />}
        </div>
      </div>
      <div
        className={mergeClasses(
          styles.bands,
          bands.length === 0 && styles.words,
          bands.length === 0 && styles.noBand,
          (mark?.kind === "skip" || isNone) && styles.none,
          mark?.kind === "skip" && styles.skipped,
          isNone && shown.isSuggested && styles.suggestedNone,
        )}
        data-turns={props.turnsTo}
        title={props.turnsTo === undefined ? said : [said, texts.labeling.turnsTo(props.turnsTo)].filter(Boolean).join(". ")}
      >
        {bands.length > 0 ? (
          <BandRow isForEyes shown={shown} most={MOST_BANDS} withConfidence={props.width / bands.length > ROOM_FOR_CONFIDENCE} />
        ) : (
          said
        )}
      </div>
      {rejected && (
        <div className={styles.rejected} title={rejected}>
          <WarningRegular className={styles.sign} fontSize={16} />
          {props.width > ROOM_FOR_WORDS && <span className={mergeClasses(styles.words, styles.said)} data-said={rejected} />}
        </div>
      )}
      <TileMarks isSelected={selected} isFocused={focused} inset="8px" />
    </div>
  );
});
