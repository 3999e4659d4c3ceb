import { Button, makeStyles } from "@fluentui/react-components";
import { memo } from "react";
import { texts } from "../texts";
import { BELOW, FINGERS, NARROW, SHORT } from "./forms";
import { LAYOUTS } from "./layout";

const useStyles = makeStyles({
  whole: { flexShrink: 0 },
  picker: {
    display: "flex",
    justifyContent: "space-between",
    [NARROW]: { justifyContent: "flex-start", gap: "2px" },
    [BELOW]: { gap: "2px" },
  },
  button: {
    minWidth: "34px",
    maxWidth: "34px",
    height: "36px",
    padding: 0,
    [SHORT]: { height: "24px" },
    [NARROW]: { minWidth: "24px", maxWidth: "24px", height: "24px" },
    [FINGERS]: { minWidth: "40px", maxWidth: "40px", height: "40px" },
  },
  content: { display: "flex", flexDirection: "column", alignItems: "center", gap: "2px" },
  number: { fontSize: "11px", lineHeight: "12px" },
  icon: { display: "block", fill: "currentColor", [NARROW]: { display: "none" }, [SHORT]: { display: "none" } },
});

const SIDE = 16;

/** A little picture of the layout. */
function Thumbnail({ count }: { count: number }) {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / columns);
  const gap = count > 16 ? 0.5 : count > 9 ? 1 : 1.5;
  const width = (SIDE - gap * (columns - 1)) / columns;
  const height = (SIDE - gap * (rows - 1)) / rows;
  return (
    <svg className={useStyles().icon} width={SIDE} height={SIDE} viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden>
      {Array.from({ length: columns * rows }, (_, at) => (
        <rect
          key={at}
          x={(at % columns) * (width + gap)}
          y={Math.floor(at / columns) * (height + gap)}
          width={width}
          height={height}
          rx={count > 16 ? 0 : 0.7}
        />
      ))}
    </svg>
  );
}

interface LayoutPickerProps {
  count: number;
  onPick: (count: number) => void;
}

export const LayoutPicker = memo(function LayoutPicker({ count, onPick }: LayoutPickerProps) {
  const styles = useStyles();
  return (
    <div className={styles.whole}>
      <div className={styles.picker} role="group" aria-label={texts.labeling.layout}>
        {LAYOUTS.map((one) => (
          <Button
            key={one}
            title={texts.labeling.layoutOf(one)}
            aria-label={texts.labeling.layoutOf(one)}
            className={styles.button}
            appearance={one === count ? "primary" : "subtle"}
            aria-pressed={one === count}
            onClick={() => onPick(one)}
          >
            <span className={styles.content}>
              <Thumbnail count={one} />
              <span className={styles.number}>{one}</span>
            </span>
          </Button>
        ))}
      </div>
    </div>
  );
});
