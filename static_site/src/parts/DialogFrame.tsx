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
  isForReading?: boolean;
  /** A click beside it closes it. Where much is typed that is easily a slip, and would lose it. */
  closesBeside?: boolean;
  /** It is a form, and is sent by Enter, too. */
  onSubmit?: () => void;
  onClose: () => void;
}

/** A dialog with a title, some content and buttons. Escape leaves it. */
export function DialogFrame(props: DialogFrameProps) {
  const { title, buttons, children, isForReading = false, closesBeside = isForReading, onSubmit, onClose } = props;
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
        if (closesBeside || type !== "backdropClick") onClose();
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
