import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { CopyRegular } from "@fluentui/react-icons";
import type { Export } from "../api/types";
import { notify } from "../parts/notices";
import { exports } from "../texts/exports";
import { snippetOf } from "./snippets";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minWidth: 0 },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  more: { cursor: "pointer" },
  code: {
    margin: 0,
    padding: tokens.spacingVerticalM,
    overflow: "auto",
    maxHeight: "320px",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Python that loads an export, to be copied. */
export function Snippet({ one, isOneLabel }: { one: Export; isOneLabel: boolean }) {
  const styles = useStyles();
  const snippet = snippetOf(one, isOneLabel);
  const copy = () =>
    navigator.clipboard
      .writeText(snippet)
      .then(() => notify(exports.copied))
      .catch(() => notify(exports.notCopied, "warning"));
  return (
    <div className={styles.whole}>
      <div className={styles.head}>
        <Button size="small" icon={<CopyRegular />} aria-label={exports.copyOf(one.name)} onClick={() => void copy()}>
          {exports.copy}
        </Button>
        <Text size={200} className={styles.quiet}>
          {exports.snippetWords}
        </Text>
      </div>
      <details>
        <summary className={styles.more}>
          <Text size={200}>{exports.snippet}</Text>
        </summary>
        <pre className={styles.code} tabIndex={0} role="group" aria-label={exports.snippetOf(one.name)}>
          {snippet}
        </pre>
      </details>
    </div>
  );
}
