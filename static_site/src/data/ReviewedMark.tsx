import { mergeClasses, makeStyles, tokens } from "@fluentui/react-components";
import { ThumbLike16Filled } from "@fluentui/react-icons";
import { texts } from "../texts";

const useStyles = makeStyles({
  mark: {
    display: "inline-flex",
    verticalAlign: "middle",
    padding: "3px",
    borderRadius: tokens.borderRadiusCircular,
    color: tokens.colorStatusSuccessForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
  },
});

/** A reviewer has confirmed the label, or set it. */
export function ReviewedMark({ className }: { className?: string }) {
  const styles = useStyles();
  return (
    <span role="img" aria-label={texts.data.isReviewed} title={texts.data.isReviewed} className={mergeClasses(styles.mark, className)}>
      <ThumbLike16Filled />
    </span>
  );
}
