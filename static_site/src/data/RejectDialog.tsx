import { Button, Field, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { FormDialog } from "../parts/FormDialog";
import { texts } from "../texts";

const useStyles = makeStyles({
  recent: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS },
  one: { maxWidth: "100%", overflowWrap: "anywhere", fontWeight: tokens.fontWeightRegular },
});

interface RejectDialogProps {
  count: number;
  /** Reasons that were given before. */
  recent: readonly string[];
  onReject: (reason: string) => void;
  onClose: () => void;
}

export default function RejectDialog({ count, recent, onReject, onClose }: RejectDialogProps) {
  const styles = useStyles();
  const [reason, setReason] = useState("");
  const reject = (given: string) => onReject(given.trim());
  return (
    <FormDialog
      title={texts.data.rejectTitle(count)}
      button={texts.data.reject}
      onSubmit={() => reject(reason)}
      onClose={onClose}
    >
      <Text>{texts.data.rejectWords}</Text>
      <Field label={texts.data.reason} hint={texts.data.reasonHint}>
        <Input autoFocus value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
      </Field>
      {recent.length > 0 && (
        <div className={styles.recent} role="group" aria-label={texts.data.recentReasons}>
          {recent.map((one) => (
            <Button key={one} className={styles.one} size="small" shape="circular" onClick={() => reject(one)}>
              {one}
            </Button>
          ))}
        </div>
      )}
    </FormDialog>
  );
}
