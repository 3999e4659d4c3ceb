import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useState, type KeyboardEvent, type SyntheticEvent } from "react";
import { texts } from "../texts";
import { FINGERS } from "./forms";

const useStyles = makeStyles({
  recent: {
    display: "flex",
    flexWrap: "wrap",
    gap: tokens.spacingHorizontalS,
    marginTop: tokens.spacingVerticalM,
  },
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
  const skip = (event: SyntheticEvent) => {
    event.preventDefault();
    onSkip(reason.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.nativeEvent.isComposing) return;
    event.preventDefault();
    const next = Math.min(Math.max(place + step, -1), recent.length - 1);
    setPlace(next);
    setReason(recent[next] ?? "");
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <form onSubmit={skip}>
          <DialogBody>
            <DialogTitle>{texts.labeling.skipTitle(count)}</DialogTitle>
            <DialogContent>
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
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{texts.common.cancel}</Button>
              <Button type="submit" appearance="primary">
                {texts.labeling.skip}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
