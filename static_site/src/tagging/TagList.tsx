import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { texts } from "../texts";
import { BELOW, FINGERS, NARROW } from "./forms";
import { DIGITS, RECENT_KEYS } from "./keys";

const ROW = { flexDirection: "row", flexWrap: "wrap", alignContent: "flex-start" } as const;

const useStyles = makeStyles({
  list: {
    flex: 1,
    minHeight: "44px",
    overflow: "auto",
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: "2px",
    listStyleType: "none",
    [BELOW]: { ...ROW, maxHeight: "136px" },
    [NARROW]: { minHeight: "64px", gap: "2px" },
  },
  inline: { ...ROW, maxHeight: "76px" },
  item: { [BELOW]: { maxWidth: "100%" } },
  inlineItem: { maxWidth: "32ch" },
  tag: {
    boxSizing: "border-box",
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    width: "100%",
    minHeight: "32px",
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
  swatch: { width: "16px", height: "16px", flexShrink: 0, borderRadius: tokens.borderRadiusSmall },
  name: {
    flex: 1,
    minWidth: 0,
    overflow: "hidden",
    overflowWrap: "anywhere",
    display: "-webkit-box",
    WebkitBoxOrient: "vertical",
    WebkitLineClamp: 2,
  },
  inlineName: { WebkitLineClamp: 1 },
  used: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  key: {
    minWidth: "20px",
    boxSizing: "border-box",
    flexShrink: 0,
    textAlign: "center",
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    borderRadius: tokens.borderRadiusSmall,
    color: tokens.colorNeutralForeground2,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
});

interface TagListProps {
  labels: readonly Label[];
  /** Those beyond the digits that were used last, in the order of their keys. */
  recent: readonly Label[];
  /** How often each is on this page. */
  counts: ReadonlyMap<number, number>;
  /** In some short lines; only the tags that have a key. */
  inline?: boolean;
  onTag: (labelId: number) => void;
}

/** The tags as buttons, each with its key: first those with a digit, then those that were used last. */
export function TagList({ labels, recent, counts, inline = false, onTag }: TagListProps) {
  const styles = useStyles();
  const keyed = [...labels.slice(0, DIGITS), ...recent];
  const others = inline ? [] : labels.slice(DIGITS).filter((label) => !recent.includes(label));
  const keyOf = (place: number): string | undefined =>
    place < DIGITS ? String(place + 1) : RECENT_KEYS[place - DIGITS]?.toUpperCase();
  return (
    <ul className={mergeClasses(styles.list, inline && styles.inline)}>
      {[...keyed, ...others].map((label, place) => {
        const key = place < keyed.length ? keyOf(place) : undefined;
        const used = counts.get(label.id) ?? 0;
        return (
          <li key={label.id} className={mergeClasses(styles.item, inline && styles.inlineItem)}>
            <button
              type="button"
              className={styles.tag}
              aria-keyshortcuts={key}
              title={label.name}
              onClick={() => onTag(label.id)}
            >
              <span className={styles.swatch} style={labelBand(label.id)} />
              <span className={mergeClasses(styles.name, inline && styles.inlineName)}>{label.name}</span>
              {used > 0 && (
                <span className={styles.used} title={texts.tagging.used(used)} aria-hidden>
                  {used}
                </span>
              )}
              {key && (
                <kbd className={styles.key} aria-hidden>
                  {key}
                </kbd>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
