import { Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import type { CheckFigures } from "../api/types";
import { checks } from "../texts/checks";
import { isFew } from "./figures";

const useStyles = makeStyles({
  share: { fontVariantNumeric: "tabular-nums" },
  few: { color: tokens.colorNeutralForeground3 },
});

/** What share is right, with its interval, in words; in gray where it rests on too little. */
export function Share({ figures, large = false }: { figures: CheckFigures; large?: boolean }) {
  const styles = useStyles();
  const { share, interval, judged } = figures;
  const words =
    share === null || interval === null
      ? judged > 0
        ? checks.onlyUnclear
        : checks.noShare
      : checks.share(share, interval);
  return (
    <Text
      size={large ? 600 : 400}
      weight="semibold"
      className={mergeClasses(styles.share, (share === null || isFew(figures)) && styles.few)}
    >
      {words}
    </Text>
  );
}
