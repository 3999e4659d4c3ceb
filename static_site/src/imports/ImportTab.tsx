import { makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Project } from "../api/types";
import { ImportList } from "./ImportList";
import { NewImport } from "./NewImport";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

/** Labels from elsewhere: a new import, and all that were made. */
export default function ImportTab({ project }: { project: Project }) {
  const styles = useStyles();
  const [started, setStarted] = useState<string | null>(null);
  return (
    <div className={styles.whole}>
      <NewImport project={project} onStarted={({ id }) => setStarted(id)} />
      <ImportList project={project} started={started} />
    </div>
  );
}
