import { Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Import, Project } from "../api/types";
import { Section } from "../parts/Section";
import { imports } from "../texts/imports";
import { ChooseFile } from "./ChooseFile";
import type { Begun } from "./choices";
import { Look } from "./Look";

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

interface NewImportProps {
  project: Project;
  begun: Begun | null;
  onBegin: (begun: Begun | null) => void;
  onStarted: (one: Import) => void;
}

/** A file is chosen, looked at, and imported. */
export function NewImport({ project, begun, onBegin, onStarted }: NewImportProps) {
  const styles = useStyles();
  const [isBack, setBack] = useState(false);
  return (
    <Section title={imports.title}>
      {begun ? (
        <Look
          key={begun.at}
          project={project}
          begun={begun}
          onAnother={() => {
            setBack(true);
            onBegin(null);
          }}
          onStarted={(one) => {
            setBack(false);
            onStarted(one);
          }}
        />
      ) : (
        <>
          <Text className={styles.quiet}>{imports.words}</Text>
          <ChooseFile
            projectId={project.id}
            isBack={isBack}
            onChoose={(source) => onBegin({ source, choices: {}, at: Date.now() })}
          />
        </>
      )}
    </Section>
  );
}
