import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { texts } from "../texts";
import { DialogFrame } from "./DialogFrame";

interface ReadingDialogProps {
  title: string;
  children: ReactNode;
  onClose: () => void;
}

/** A dialog with something to read, which is closed again. */
export function ReadingDialog({ title, children, onClose }: ReadingDialogProps) {
  const close = (
    <Button appearance="primary" onClick={onClose}>
      {texts.common.close}
    </Button>
  );
  return (
    <DialogFrame title={title} buttons={close} isForReading onClose={onClose}>
      {children}
    </DialogFrame>
  );
}
