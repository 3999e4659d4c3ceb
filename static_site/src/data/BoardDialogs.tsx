import { Suspense } from "react";
import type { ImageRow, Label } from "../api/types";
import { texts } from "../texts";
import { KeysDialog, LabelDialog, RejectDialog } from "./dialogs";

export type Opened = "reject" | "label" | "keys" | "large" | null;

interface BoardDialogsProps {
  opened: Opened;
  chosen: readonly ImageRow[];
  labels: readonly Label[];
  onReject: (reason: string) => void;
  onLabel: (label: Label) => void;
  onClose: () => void;
}

export function BoardDialogs({ opened, chosen, labels, onReject, onLabel, onClose }: BoardDialogsProps) {
  return (
    <Suspense>
      {opened === "reject" && (
        <RejectDialog
          count={chosen.length}
          onReject={(reason) => {
            onReject(reason);
            onClose();
          }}
          onClose={onClose}
        />
      )}
      {opened === "label" && (
        <LabelDialog
          count={chosen.length}
          labels={labels}
          onPick={(label) => {
            onLabel(label);
            onClose();
          }}
          onClose={onClose}
        />
      )}
      {opened === "keys" && <KeysDialog list={texts.data.keys} onClose={onClose} />}
    </Suspense>
  );
}
