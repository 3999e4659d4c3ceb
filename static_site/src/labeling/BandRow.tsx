import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { CSSProperties } from "react";
import { texts } from "../texts";
import { lookOf, type Shown } from "./bands";

const useStyles = makeStyles({
  band: {
    boxSizing: "border-box",
    flex: "1 1 auto",
    minWidth: "16px",
    paddingInline: tokens.spacingHorizontalS,
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
    textAlign: "center",
  },
  // So that short names are seen whole where there is little room.
  narrow: { minWidth: "12px", paddingInline: "3px", textOverflow: "clip" },
  suggested: { display: "flex", justifyContent: "center", whiteSpace: "pre" },
  words: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  said: { "::before": { content: "attr(data-said)" } },
  more: { flexShrink: 0, paddingInline: "3px", color: tokens.colorNeutralForeground1 },
});

/** A long name leaves room to short ones beside it. */
const roomOf = (name: string): CSSProperties => ({ flexBasis: `${Math.min(name.length + 1, 12)}ch` });

interface BandRowProps {
  shown: Shown;
  /** So many at most; how many more there are is told. */
  most?: number;
  /** Whether there is room to say how sure suggestions are. */
  withConfidence: boolean;
  /** Where what is read aloud says the same: several names without a sign between them are not what it says. */
  isForEyes?: boolean;
}

/** The labels of an image side by side, each in its color. */
export function BandRow({ shown, most = Infinity, withConfidence, isForEyes = false }: BandRowProps) {
  const styles = useStyles();
  const { bands, isSuggested, isSure } = shown;
  const more = bands.length - most;
  const tell = (words: string) =>
    isForEyes && bands.length > 1 ? <span className={styles.said} data-said={words} /> : words;
  return (
    <>
      {bands.slice(0, most).map((band) => (
        <span
          key={band.label.id}
          className={mergeClasses(styles.band, bands.length > 1 && styles.narrow, isSuggested && styles.suggested)}
          style={bands.length > 1 ? { ...lookOf(shown, band), ...roomOf(band.label.name) } : lookOf(shown, band)}
        >
          {isSuggested ? <span className={styles.words}>{tell(band.label.name)}</span> : tell(band.label.name)}
          {isSuggested && !isSure && tell(texts.labeling.unsure)}
          {withConfidence && band.confidence !== undefined && tell(texts.labeling.confidence(band.confidence))}
        </span>
      ))}
      {more > 0 && <span className={styles.more}>{tell(texts.labeling.more(more))}</span>}
    </>
  );
}
