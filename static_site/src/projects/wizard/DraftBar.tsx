import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { texts } from "../../texts";

interface DraftBarProps {
  restored: boolean;
  dropped: boolean;
  onStartOver: () => void;
  onBringBack: () => void;
}

/** Says that a draft was found, or dropped, and takes either back. */
export function DraftBar({ restored, dropped, onStartOver, onBringBack }: DraftBarProps) {
  if (!restored && !dropped) return null;
  return (
    <MessageBar intent="info" layout="singleline">
      <MessageBarBody>{dropped ? texts.wizard.draftDropped : texts.wizard.draftRestored}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={dropped ? onBringBack : onStartOver}>
          {dropped ? texts.wizard.bringBack : texts.wizard.startOver}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
