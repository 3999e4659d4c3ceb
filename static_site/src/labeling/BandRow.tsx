import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
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
  suggested: { display: "flex", justifyContent: "center", whiteSpace: "pre" },
  words: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  more: { flexShrink: 0, paddingInline: tokens.spacingHorizontalSNudge, color: tokens.colorNeutralForeground1 },
});

interface BandRowProps {
  shown: Shown;
  /** So many at most; how many more there are is told. */
  most?: number;
  /** Whether there is room to say how sure suggestions are. */
  withConfidence: boolean;
}

/** The labels of an image side by side, each in its color. */
export function BandRow({ shown, most = Infinity, withConfidence }: BandRowProps) {
  const styles = useStyles();
  const { bands, isSuggested, isSure } = shown;
  const more = bands.length - most;
  return (
    <>
      {bands.slice(0, most).map((band) => (
        <span
          key={band.label.id}
          className={mergeClasses(styles.band, isSuggested && styles.suggested)}
          style={lookOf(shown, band)}
        >
          {isSuggested ? <span className={styles.words}>{band.label.name}</span> : band.label.name}
          {isSuggested && !isSure && texts.labeling.unsure}
          {withConfidence && band.confidence !== undefined && texts.labeling.confidence(band.confidence)}
        </span>
      ))}
      {more > 0 && <span className={styles.more}>{texts.labeling.more(more)}</span>}
    </>
  );
}
