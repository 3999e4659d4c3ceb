import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { useState, type KeyboardEvent } from "react";
import { DialogFrame } from "../parts/DialogFrame";
import { texts } from "../texts";
import { FINGERS } from "./forms";

const useStyles = makeStyles({
  recent: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  reason: {
    justifyContent: "flex-start",
    textAlign: "left",
    maxWidth: "100%",
    overflowWrap: "anywhere",
    [FINGERS]: { minHeight: "40px" },
  },
});

interface SkipDialogProps {
  count: number;
  /** Reasons given before, the latest first. */
  recent: readonly string[];
  onSkip: (reason: string) => void;
  onClose: () => void;
}

export default function SkipDialog({ count, recent, onSkip, onClose }: SkipDialogProps) {
  const styles = useStyles();
  const [reason, setReason] = useState("");
  /** Which of the recent reasons the arrows have put into the field; -1 = none. */
  const [place, setPlace] = useState(-1);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const next = Math.min(Math.max(place + step, -1), recent.length - 1);
    setPlace(next);
    setReason(recent[next] ?? "");
  };
  const buttons = (
    <>
      <Button onClick={onClose}>{texts.common.cancel}</Button>
      <Button type="submit" appearance="primary">
        {texts.labeling.skip}
      </Button>
    </>
  );
  return (
    <DialogFrame
      title={texts.labeling.skipTitle(count)}
      buttons={buttons}
      closesBeside
      onSubmit={() => onSkip(reason.trim())}
      onClose={onClose}
    >
      <Field
        label={texts.labeling.skipReason}
        hint={recent.length > 0 ? texts.labeling.skipHintRecent : texts.labeling.skipHint}
      >
        <Input
          autoFocus
          value={reason}
          maxLength={500}
          onKeyDown={onKeyDown}
          onChange={(_, data) => setReason(data.value)}
        />
      </Field>
      {recent.length > 0 && (
        <div className={styles.recent} role="group" aria-label={texts.labeling.skipRecent}>
          {recent.map((one) => (
            <Button key={one} size="small" className={styles.reason} onClick={() => onSkip(one)}>
              {one}
            </Button>
          ))}
        </div>
      )}
    </DialogFrame>
  );
}
