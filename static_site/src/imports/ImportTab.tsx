import { MessageBar, MessageBarBody, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useLocation } from "react-router";
import type { Project } from "../api/types";
import { ImportList } from "./ImportList";
import { NewImport } from "./NewImport";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

/** Why the import did not start with which the project was to begin, as the wizard says; null if it did, or there was none. */
function useNotStarted(): string | null {
  const state = useLocation().state as { notStarted?: unknown } | null;
  return typeof state?.notStarted === "string" ? state.notStarted : null;
}

/** Labels from elsewhere: a new import, and all that were made. */
export default function ImportTab({ project }: { project: Project }) {
  const styles = useStyles();
  const [started, setStarted] = useState<string | null>(null);
  const notStarted = useNotStarted();
  return (
    <div className={styles.whole}>
      {notStarted !== null && started === null && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{notStarted}</MessageBarBody>
        </MessageBar>
      )}
      <NewImport project={project} onStarted={({ id }) => setStarted(id)} />
      <ImportList project={project} started={started} />
    </div>
  );
}
