import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

interface DialogFrameProps {
  title: string;
  /** A row of buttons. */
  buttons: ReactNode;
  children: ReactNode;
  /** It is to be read: a click beside it closes it. Elsewhere that is easily a slip, and would lose what is typed in it. */
  isForReading?: boolean;
  /** Its buttons and Enter send it. */
  onSubmit?: () => void;
  onClose: () => void;
}

/** A dialog with a title, some content and buttons. Escape leaves it. */
export function DialogFrame({ title, buttons, children, isForReading = false, onSubmit, onClose }: DialogFrameProps) {
  const styles = useStyles();
  const body = (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      {/* What is longer than the window is scrolled by keys, too. */}
      <DialogContent className={isForReading ? undefined : styles.content} tabIndex={isForReading ? 0 : undefined}>
        {children}
      </DialogContent>
      <DialogActions>{buttons}</DialogActions>
    </DialogBody>
  );
  return (
    <Dialog
      open
      onOpenChange={(_, { type }) => {
        if (isForReading || type !== "backdropClick") onClose();
      }}
    >
      <DialogSurface>
        {onSubmit ? (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              event.stopPropagation();
              onSubmit();
            }}
          >
            {body}
          </form>
        ) : (
          body
        )}
      </DialogSurface>
    </Dialog>
  );
}
