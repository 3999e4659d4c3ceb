import { Badge, Button, Spinner, Text, makeStyles, tokens, type BadgeProps } from "@fluentui/react-components";
import { HatGraduationRegular } from "@fluentui/react-icons";
import type { Assist, Project } from "../../api/types";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { useLearnNow } from "./useLearnNow";

const COLORS = {
  off: "informative",
  waiting: "warning",
  learning: "brand",
  ready: "success",
  failed: "danger",
} as const satisfies Record<Assist["status"], BadgeProps["color"]>;

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalS },
  line: { display: "flex", flexWrap: "wrap", alignItems: "baseline", gap: tokens.spacingHorizontalS },
  badge: { flexShrink: 0 },
  words: { flex: "1 1 240px", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface StandingProps {
  project: Project;
  assist: Assist;
}

/** How suggestions stand, in words; administrators may let them be learned anew. */
export function Standing({ project, assist }: StandingProps) {
  const styles = useStyles();
  const learn = useLearnNow(project.id);
  const learning = assist.status === "learning";
  return (
    <div className={styles.whole}>
      <div className={styles.line} role="status">
        <Badge
          className={styles.badge}
          appearance="tint"
          color={COLORS[assist.status]}
          icon={learning ? <Spinner size="extra-tiny" /> : undefined}
        >
          {texts.assist.status[assist.status]}
        </Badge>
        <Text className={styles.words}>{assist.detail ?? texts.assist.statusWords[assist.status]}</Text>
      </div>
      <Text size={200} className={styles.quiet}>
        {texts.assist.learned(assist.labels, assist.learnedFrom, assist.learnsAt)}
      </Text>
      {project.role === "administrator" && (
        <Button
          icon={<HatGraduationRegular />}
          disabled={learn.isPending || learning}
          onClick={() => learn.mutate()}
        >
          {texts.assist.learnNow}
        </Button>
      )}
      {learn.isError && <Trouble error={learn.error} />}
    </div>
  );
}
