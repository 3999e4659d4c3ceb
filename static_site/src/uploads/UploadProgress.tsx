import { Button, Link, MessageBar, MessageBarBody, ProgressBar, Text, makeStyles, tokens } from "@fluentui/react-components";
import { formatBytes } from "../parts/format";
import { loginUrl } from "../shell/session";
import { texts } from "../texts";
import type { Phase } from "./useUpload";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  words: { flex: "1 1 240px", fontVariantNumeric: "tabular-nums" },
});

/** How far an upload is, with a way to end it; nothing while none runs. */
export function UploadProgress({ phase, onCancel }: { phase: Phase; onCancel: () => void }) {
  const styles = useStyles();
  if (phase.kind !== "reading" && phase.kind !== "sending") return null;
  const isSending = phase.kind === "sending";
  const waiting = isSending ? phase.standing.waiting : null;
  return (
    <div className={styles.whole}>
      <div className={styles.line}>
        <Text className={styles.words}>{isSending ? progressWords(phase) : texts.upload.reading(phase.count)}</Text>
        <Button size="small" onClick={onCancel}>
          {texts.upload.cancel}
        </Button>
      </div>
      <ProgressBar
        thickness="large"
        value={isSending ? Math.min(phase.standing.bytes / phase.bytes, 1) : undefined}
        aria-label={texts.upload.bar}
        aria-valuetext={isSending ? progressWords(phase) : undefined}
      />
      {waiting && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {texts.upload.waiting[waiting]}{" "}
            {waiting === "signIn" && (
              <Link inline href={loginUrl()} target="_blank" rel="noreferrer">
                {texts.upload.signIn}
              </Link>
            )}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

function progressWords({ standing, files, bytes }: Extract<Phase, { kind: "sending" }>): string {
  const { sent, existing, conflicting, failed } = standing;
  const done = sent + existing + conflicting.length + failed.length;
  return texts.upload.progress(done, files, formatBytes(standing.bytes), formatBytes(bytes));
}
