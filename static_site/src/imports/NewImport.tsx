import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Import, Project } from "../api/types";
import { Section } from "../parts/Section";
import { imports } from "../texts/imports";
import { ChooseFile } from "./ChooseFile";
import type { Source } from "./choices";
import { Look } from "./Look";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

interface NewImportProps {
  project: Project;
  onStarted: (one: Import) => void;
}

/** A file is chosen, looked at, and imported. */
export function NewImport({ project, onStarted }: NewImportProps) {
  const styles = useStyles();
  const [source, setSource] = useState<Source | null>(null);
  return (
    <Section title={imports.title}>
      {source ? (
        <Look
          project={project}
          source={source}
          onAnother={() => setSource(null)}
          onStarted={(one) => {
            setSource(null);
            onStarted(one);
          }}
        />
      ) : (
        <>
          <Text className={styles.quiet}>{imports.words}</Text>
          <ChooseFile projectId={project.id} onChoose={setSource} />
        </>
      )}
    </Section>
  );
}
