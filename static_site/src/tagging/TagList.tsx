import { makeStyles, tokens } from "@fluentui/react-components";
import { lazy, Suspense, useState, type KeyboardEvent } from "react";
import type { Label } from "../api/types";
import { labelColor } from "../parts/colors";
import { texts } from "../texts";

const TagSearch = lazy(() => import("./TagSearch"));

/** As many labels as there are digits; with more, one searches. */
const DIGITS = 9;

const useStyles = makeStyles({
  whole: { flex: 1, minHeight: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  heading: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  // As high as the search that is on its way.
  room: { height: "32px", flexShrink: 0 },
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
  },
  tag: {
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalS,
    width: "100%",
    minHeight: "36px",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
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
  },
  swatch: { width: "14px", height: "14px", flexShrink: 0, borderRadius: tokens.borderRadiusSmall },
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
  key: {
    minWidth: "20px",
    textAlign: "center",
    fontSize: tokens.fontSizeBase200,
    lineHeight: "18px",
    borderRadius: tokens.borderRadiusSmall,
    color: tokens.colorNeutralForeground2,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  none: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface TagListProps {
  labels: readonly Label[];
  counts: ReadonlyMap<number, number>;
  searchId: string;
  onTag: (labelId: number) => void;
}

export function TagList({ labels, counts, searchId, onTag }: TagListProps) {
  const styles = useStyles();
  const [sought, setSought] = useState("");
  const needle = sought.trim().toLocaleLowerCase();
  const found = needle ? labels.filter((label) => label.name.toLocaleLowerCase().includes(needle)) : labels;

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const first = found[0];
    if (event.key === "Enter" && needle && first) {
      onTag(first.id);
      setSought("");
      event.currentTarget.blur();
    } else if (event.key === "Escape") {
      setSought("");
      event.currentTarget.blur();
    }
  };

  return (
    <section className={styles.whole} aria-label={texts.tagging.tags}>
      <h2 className={styles.heading}>{texts.tagging.tags}</h2>
      {labels.length > DIGITS && (
        <Suspense fallback={<div className={styles.room} />}>
          <TagSearch
            id={searchId}
            count={labels.length}
            value={sought}
            onChange={(_, data) => setSought(data.value)}
            onKeyDown={onKeyDown}
          />
        </Suspense>
      )}
      <ul className={styles.list}>
        {found.map((label) => {
          const place = labels.indexOf(label);
          const used = counts.get(label.id) ?? 0;
          return (
            <li key={label.id}>
              <button
                type="button"
                className={styles.tag}
                {...(place < DIGITS && { "aria-keyshortcuts": String(place + 1) })}
                title={label.name}
                onClick={() => onTag(label.id)}
              >
                <span className={styles.swatch} style={{ backgroundColor: labelColor(label.id).background }} />
                <span className={styles.name}>{label.name}</span>
                {used > 0 && (
                  <span className={styles.used} aria-hidden>
                    {used}
                  </span>
                )}
                {place < DIGITS && (
                  <kbd className={styles.key} aria-hidden>
                    {place + 1}
                  </kbd>
                )}
              </button>
            </li>
          );
        })}
        {found.length === 0 && <li className={styles.none}>{texts.tagging.noSuchTag}</li>}
      </ul>
    </section>
  );
}
