import { Button, Spinner, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { texts } from "../texts";
import { DialogFrame } from "./DialogFrame";
import { Trouble } from "./States";

const useStyles = makeStyles({
  danger: {
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorStatusDangerBackground3,
    ":hover": {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorStatusDangerBackground3Hover,
    },
    ":hover:active": {
      color: tokens.colorNeutralForegroundOnBrand,
      backgroundColor: tokens.colorStatusDangerBackground3Pressed,
    },
  },
});

interface FormDialogProps {
  title: string;
  button: string;
  children: ReactNode;
  ready?: boolean;
  pending?: boolean;
  danger?: boolean;
  error?: unknown;
  onSubmit: () => void;
  onClose: () => void;
}

/** A dialog with a form: Enter sends it, Escape leaves it, and what the server says stands above the buttons. */
export function FormDialog(props: FormDialogProps) {
  const { title, button, children, ready = true, pending = false, danger, error, onSubmit, onClose } = props;
  const styles = useStyles();
  const canSend = ready && !pending;
  const buttons = (
    <>
      <Button onClick={onClose}>{texts.common.cancel}</Button>
      <Button
        type="submit"
        appearance="primary"
        className={danger && canSend ? styles.danger : undefined}
        disabled={!canSend}
        icon={pending ? <Spinner size="tiny" /> : undefined}
      >
        {button}
      </Button>
    </>
  );
  return (
    <DialogFrame title={title} buttons={buttons} onSubmit={() => canSend && onSubmit()} onClose={onClose}>
      {children}
      {error !== null && error !== undefined && <Trouble error={error} />}
    </DialogFrame>
  );
}
