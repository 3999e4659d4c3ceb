import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from "@fluentui/react-components";
import type { ReactNode } from "react";
import { texts } from "../texts";

interface ReadingDialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
}

/** A dialog with something to read, which is closed again. */
export function ReadingDialog({ title, children, onClose }: ReadingDialogProps) {
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          {/* What is longer than the window is scrolled by keys, too. */}
          <DialogContent tabIndex={0}>{children}</DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary">{texts.common.close}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
