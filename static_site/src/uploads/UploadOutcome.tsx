import { Button, MessageBar, MessageBarActions, MessageBarBody, Text, makeStyles, tokens } from "@fluentui/react-components";
import { problemText, Trouble } from "../parts/States";
import { texts } from "../texts";
import { sentences } from "../texts/words";
import type { LeftOut } from "./choosing";
import type { Outcome } from "./sending";
import type { Phase } from "./useUpload";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  warning: { color: tokens.colorStatusWarningForeground3, overflowWrap: "anywhere" },
  long: { overflowWrap: "anywhere" },
});

interface UploadOutcomeProps {
  phase: Phase;
  leftOut: LeftOut;
  /** What has failed and what is left is sent again. */
  onAgain: (former: Outcome) => void;
}

/** What came of an upload, and what is left to do. */
export function UploadOutcome({ phase, leftOut, onAgain }: UploadOutcomeProps) {
  const styles = useStyles();
  const outcome = phase.kind === "over" ? phase.outcome : null;
  const words = texts.upload.leftOut(leftOut);
  const first = outcome?.failed[0];
  return (
    <div className={styles.whole} role="status">
      {outcome && outcome.sent + outcome.existing > 0 && (
        <Text>{texts.upload.done(outcome.sent, outcome.existing)}</Text>
      )}
      {outcome && outcome.conflicting.length > 0 && (
        <Text className={styles.warning}>{texts.upload.conflicting(outcome.conflicting)}</Text>
      )}
      {outcome?.error ? <Trouble error={outcome.error} /> : null}
      {outcome && outcome.failed.length + outcome.left.length > 0 && (
        <MessageBar intent="warning">
          <MessageBarBody className={styles.long}>
            {sentences(
              first !== undefined && texts.upload.failed(outcome.failed.length, first.chosen.path, problemText(first.error)),
              outcome.left.length > 0 && texts.upload.left(outcome.left.length),
            )}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => onAgain(outcome)}>
              {first || outcome.error ? texts.common.tryAgain : texts.upload.resume}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {words && <Text className={styles.warning}>{words}</Text>}
    </div>
  );
}
