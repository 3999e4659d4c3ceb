import { Button, makeStyles, tokens } from "@fluentui/react-components";
import type { Doable } from "../parts/actions";
import { texts } from "../texts";
import { BELOW, FINGERS, NARROW } from "./forms";

/** For eyes only: read aloud all the same. */
const UNSEEN = { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" } as const;

const useStyles = makeStyles({
  button: {
    minWidth: 0,
    minHeight: "28px",
    paddingInline: tokens.spacingHorizontalS,
    justifyContent: "flex-start",
    fontWeight: tokens.fontWeightRegular,
    whiteSpace: "nowrap",
    [NARROW]: { minWidth: "25px", maxWidth: "25px", padding: 0, justifyContent: "center" },
    [FINGERS]: { minWidth: "40px", minHeight: "40px" },
  },
  words: {
    overflow: "hidden",
    textOverflow: "ellipsis",
    [NARROW]: UNSEEN,
    [`${BELOW} and (max-width: 600px)`]: UNSEEN,
  },
});

/** A button with the key that does the same; where there is little room, its icon alone. */
export function ActionButton({ action: { text, key, icon, isOff, run } }: { action: Doable }) {
  const styles = useStyles();
  return (
    <Button
      size="small"
      className={styles.button}
      icon={icon}
      title={texts.common.withKey(text, key)}
      disabled={isOff}
      onClick={run}
    >
      <span className={styles.words}>{text}</span>
    </Button>
  );
}
