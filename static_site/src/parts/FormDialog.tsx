import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Spinner,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { texts } from "../texts";
import { Trouble } from "./States";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
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
export function FormDialog({
  title,
  button,
  children,
  ready = true,
  pending,
  danger,
  error,
  onSubmit,
  onClose,
}: FormDialogProps) {
  const styles = useStyles();
  return (
    <Dialog
      open
      // A click beside a dialog is easily a slip, and would lose what is typed in it.
      onOpenChange={(_, { type }) => {
        if (type !== "backdropClick") onClose();
      }}
    >
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (ready && !pending) onSubmit();
          }}
        >
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {children}
              {error !== null && error !== undefined && <Trouble error={error} />}
            </DialogContent>
            <DialogActions>
              <Button onClick={onClose}>{texts.common.cancel}</Button>
              <Button
                type="submit"
                appearance="primary"
                className={danger && ready && !pending ? styles.danger : undefined}
                disabled={!ready || pending}
                icon={pending ? <Spinner size="tiny" /> : undefined}
              >
                {button}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
