import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useState, type ReactNode } from "react";
import { texts } from "../texts";

const useStyles = makeStyles({
  // Its frame is in sight when the focus is within.
  place: { overflow: "auto", padding: tokens.strokeWidthThick },
  whole: { maxHeight: "480px" },
  more: { alignSelf: "flex-start" },
});

interface ShortenedProps<T> {
  /** What the rows are, for the button and for whoever does not see the rest of the page. */
  title: string;
  rows: readonly T[];
  first: number;
  children: (rows: readonly T[]) => ReactNode;
}

/** The first rows of a list that may be long, and all of them on demand, in a place that is scrolled. */
export function Shortened<T>({ title, rows, first, children }: ShortenedProps<T>) {
  const styles = useStyles();
  const [whole, setWhole] = useState(false);
  const isLong = rows.length > first;
  return (
    <>
      <div
        className={mergeClasses(styles.place, whole && styles.whole)}
        tabIndex={0}
        role="group"
        aria-label={title}
      >
        {children(whole ? rows : rows.slice(0, first))}
      </div>
      {isLong && (
        <Button
          size="small"
          className={styles.more}
          aria-expanded={whole}
          aria-label={texts.common.showAllOf(rows.length, title)}
          onClick={() => setWhole(!whole)}
        >
          {whole ? texts.common.showFirst(first) : texts.common.showAll(rows.length)}
        </Button>
      )}
    </>
  );
}
