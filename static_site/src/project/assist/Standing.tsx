import { Badge, Spinner, Text, makeStyles, tokens, type BadgeProps } from "@fluentui/react-components";
import type { Assist } from "../../api/types";
import { texts } from "../../texts";

const COLORS = {
  off: "informative",
  waiting: "warning",
  learning: "brand",
  ready: "success",
  failed: "danger",
} as const satisfies Record<Assist["status"], BadgeProps["color"]>;

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  line: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: tokens.spacingHorizontalS },
  badge: { flexShrink: 0 },
  words: { flex: "1 1 240px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How suggestions stand, in words. */
export function Standing({ assist }: { assist: Assist }) {
  const styles = useStyles();
  const learning = assist.status === "learning";
  return (
    <div className={styles.whole}>
      <div className={styles.line} role="status">
        <Badge
          className={styles.badge}
          appearance="tint"
          color={COLORS[assist.status]}
          icon={learning ? <Spinner size="extra-tiny" aria-hidden /> : undefined}
        >
          {texts.assist.status[assist.status]}
        </Badge>
        <Text className={styles.words}>{assist.detail ?? texts.assist.statusWords[assist.status]}</Text>
      </div>
      <Text size={200} className={styles.quiet}>
        {texts.assist.learned(assist.labels, assist.learnedFrom, assist.learnsAt)}
      </Text>
    </div>
  );
}
