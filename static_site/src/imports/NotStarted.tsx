import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useLocation } from "react-router";
import { texts } from "../texts";
import type { Source } from "./choices";

/** What the wizard says where the import did not start with which the project was to begin: why, and its files. */
export interface NotStartedState {
  notStarted: string;
  upload: string;
  name: string;
}

const isState = (state: unknown): state is NotStartedState =>
  typeof (state as Partial<NotStartedState> | null)?.notStarted === "string";

/** Says so, and begins again with the same files. */
export function NotStarted({ onAgain }: { onAgain: (source: Source) => void }) {
  const state: unknown = useLocation().state;
  if (!isState(state)) return null;
  const { notStarted, upload, name } = state;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{notStarted}</MessageBarBody>
      <MessageBarActions>
        <Button size="small" onClick={() => onAgain({ kind: "upload", upload, name })}>
          {texts.common.tryAgain}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
