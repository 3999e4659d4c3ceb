import { makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Project } from "../api/types";
import { begunAgain, type Begun } from "./choices";
import { ImportList } from "./ImportList";
import { NewImport } from "./NewImport";
import { NotStarted } from "./NotStarted";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
});

/** Labels from elsewhere: a new import, and all that were made. */
export default function ImportTab({ project }: { project: Project }) {
  const styles = useStyles();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [started, setStarted] = useState<string | null>(null);
  return (
    <div className={styles.whole}>
      {begun === null && started === null && (
        <NotStarted onAgain={(source) => setBegun({ source, choices: {}, at: Date.now() })} />
      )}
      <NewImport
        project={project}
        begun={begun}
        onBegin={setBegun}
        onStarted={({ id }) => {
          setBegun(null);
          setStarted(id);
        }}
      />
      <ImportList project={project} started={started} onAgain={(one) => setBegun(begunAgain(one, Date.now()))} />
    </div>
  );
}
