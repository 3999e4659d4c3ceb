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
} from "@fluentui/react-components";
import { useState, type SyntheticEvent } from "react";
import { texts } from "../texts";

interface SkipDialogProps {
  count: number;
  onSkip: (reason: string) => void;
  onClose: () => void;
}

export default function SkipDialog({ count, onSkip, onClose }: SkipDialogProps) {
  const [reason, setReason] = useState("");
  const skip = (event: SyntheticEvent) => {
    event.preventDefault();
    onSkip(reason.trim());
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <form onSubmit={skip}>
          <DialogBody>
            <DialogTitle>{texts.tagging.skipTitle(count)}</DialogTitle>
            <DialogContent>
              <Field label={texts.tagging.skipReason} hint={texts.tagging.skipHint}>
                <Input autoFocus value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{texts.common.cancel}</Button>
              <Button type="submit" appearance="primary">
                {texts.tagging.skip}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
