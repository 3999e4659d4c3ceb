import { Button, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import type { Check } from "../api/types";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import { scopeOf } from "./scope";
import type { VerdictsView } from "./verdicts";

const useStyles = makeStyles({
  bar: {
    flexShrink: 0,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalXS,
    minHeight: "48px",
    boxSizing: "border-box",
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { flex: "0 1 auto", minWidth: "80px", maxWidth: "40%", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  progress: { flex: "1 1 160px", minWidth: "140px", maxWidth: "320px", display: "flex", flexDirection: "column", gap: "2px" },
  quiet: { color: tokens.colorNeutralForeground2, fontVariantNumeric: "tabular-nums" },
  sending: { flex: "1 1 0", minWidth: 0, color: tokens.colorNeutralForeground2 },
  leave: { marginLeft: "auto" },
});

/** What is to be said of what is on its way; nothing where it goes as it should. */
function wordsOf({ waiting, delay, isKept }: VerdictsView): string {
  if (!delay || waiting.length === 0) return "";
  return isKept ? checks.waiting[delay] : checks.notKept;
}

interface JudgeBarProps {
  check: Check;
  judged: number;
  size: number;
  view: VerdictsView;
  onLeave: () => void;
}

export function JudgeBar({ check, judged, size, view, onLeave }: JudgeBarProps) {
  const styles = useStyles();
  const title = checks.judgeTitle(scopeOf(check));
  return (
    <div className={styles.bar}>
      <Text as="h1" size={400} weight="semibold" className={styles.name} title={title}>
        {title}
      </Text>
      <div className={styles.progress}>
        <Text size={200} className={styles.quiet}>
          {checks.place(judged, size)}
        </Text>
        <ProgressBar
          thickness="large"
          value={size === 0 ? 0 : judged / size}
          color={judged === size && size > 0 ? "success" : "brand"}
          aria-label={checks.progress}
        />
      </div>
      <Text size={200} role="status" className={styles.sending}>
        {wordsOf(view)}
      </Text>
      <Button
        className={styles.leave}
        appearance="subtle"
        icon={<DismissRegular />}
        title={texts.common.withKey(checks.leave, texts.keys.names.Escape)}
        onClick={onLeave}
      >
        {checks.leave}
      </Button>
    </div>
  );
}
