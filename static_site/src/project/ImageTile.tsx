import { Badge, Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { DocumentDismissRegular, ImageOffRegular } from "@fluentui/react-icons";
import type { ImageRow, Label } from "../api/types";
import { colorOfName } from "../parts/colors";
import { fileName } from "../parts/format";
import { texts } from "../texts";

const useStyles = makeStyles({
  tile: {
    position: "relative",
    display: "flex",
    flexDirection: "column",
    minWidth: 0,
    borderRadius: tokens.borderRadiusMedium,
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  selected: { outline: `3px solid ${tokens.colorBrandStroke1}` },
  opened: { boxShadow: tokens.shadow8, border: `1px solid ${tokens.colorNeutralForeground1}` },
  button: {
    padding: "4px",
    height: "132px",
    border: "none",
    backgroundColor: "transparent",
    cursor: "pointer",
    display: "grid",
    placeItems: "center",
    minWidth: 0,
    color: tokens.colorNeutralForeground2,
    font: "inherit",
    fontSize: tokens.fontSizeBase200,
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  picture: { width: "100%", height: "124px", objectFit: "contain" },
  // What is no longer in the folder is still known by its picture.
  gone: { opacity: 0.4, filter: "grayscale(1)" },
  problem: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    gap: tokens.spacingVerticalXS,
    overflow: "hidden",
    maxHeight: "124px",
  },
  icon: { fontSize: "28px", flexShrink: 0 },
  reason: {
    overflow: "hidden",
    overflowWrap: "anywhere",
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 5,
  },
  band: {
    height: "24px",
    lineHeight: "24px",
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
  name: {
    paddingInline: tokens.spacingHorizontalS,
    lineHeight: "24px",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  changed: { position: "absolute", top: "8px", right: "8px" },
  bad: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
  missing: { backgroundColor: tokens.colorStatusWarningBackground1, color: tokens.colorStatusWarningForeground1 },
  box: {
    position: "absolute",
    top: "4px",
    left: "4px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface ImageTileProps {
  row: ImageRow;
  labels: readonly Label[];
  selected: boolean;
  opened: boolean;
  onToggle: () => void;
  onOpen: () => void;
}

export function ImageTile({ row, labels, selected, opened, onToggle, onOpen }: ImageTileProps) {
  const styles = useStyles();
  const labeled = row.labels.join(", ");
  const said = row.state === "labeled" ? labeled : texts.data.stateOf(texts.states[row.state], labeled);
  const spoken = [row.problem ?? said, row.changedSinceLabeled && texts.data.onlyChanged].filter(Boolean).join(", ");
  const Absent = row.state === "missing" ? DocumentDismissRegular : ImageOffRegular;
  return (
    <li className={mergeClasses(styles.tile, opened && styles.opened, selected && styles.selected)}>
      <button
        type="button"
        className={styles.button}
        aria-label={texts.data.open(row.name, spoken)}
        aria-pressed={opened}
        onClick={onOpen}
      >
        {row.thumbnailUrl ? (
          <img
            className={mergeClasses(styles.picture, row.state === "missing" && styles.gone)}
            src={row.thumbnailUrl}
            alt=""
            loading="lazy"
          />
        ) : (
          <span className={styles.problem} title={row.problem ?? undefined}>
            <Absent className={styles.icon} />
            <span className={styles.reason}>{row.problem}</span>
          </span>
        )}
      </button>
      <span
        className={mergeClasses(
          styles.band,
          row.state === "unreadable" && styles.bad,
          row.state === "missing" && styles.missing,
        )}
        style={row.state === "labeled" ? colorOfName(labels, row.labels[0] ?? "") : undefined}
        title={said}
      >
        {said}
      </span>
      <span className={styles.name} title={row.name}>
        {fileName(row.name)}
      </span>
      {row.changedSinceLabeled && (
        <Badge className={styles.changed} color="warning" title={texts.data.changed} aria-hidden>
          {texts.data.changedBadge}
        </Badge>
      )}
      <Checkbox
        className={styles.box}
        checked={selected}
        aria-label={texts.data.select(row.name)}
        onChange={onToggle}
      />
    </li>
  );
}
