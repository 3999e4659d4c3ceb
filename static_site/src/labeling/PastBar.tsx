import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular } from "@fluentui/react-icons";
import { texts } from "../texts";
import { FINGERS } from "./forms";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    justifyContent: "space-between",
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  button: { [FINGERS]: { minHeight: "40px" } },
});

/** Says that this page was submitted before, and leads back. */
export function PastBar({ title, onLeave }: { title: string; onLeave: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.bar} role="region" aria-label={title}>
      <Text as="h2" weight="semibold" className={styles.title}>
        {title}
      </Text>
      <Button size="small" className={styles.button} icon={<ArrowLeftRegular />} onClick={onLeave}>
        {texts.labeling.toCurrentPage}
      </Button>
    </div>
  );
}
