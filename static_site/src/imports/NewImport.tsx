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
  const [chosen, setChosen] = useState<{ source: Source; at: number } | null>(null);
  const [isBack, setBack] = useState(false);
  return (
    <Section title={imports.title}>
      {chosen ? (
        <Look
          project={project}
          source={chosen.source}
          chosenAt={chosen.at}
          onAnother={() => {
            setBack(true);
            setChosen(null);
          }}
          onStarted={(one) => {
            setBack(false);
            setChosen(null);
            onStarted(one);
          }}
        />
      ) : (
        <>
          <Text className={styles.quiet}>{imports.words}</Text>
          <ChooseFile
            projectId={project.id}
            isBack={isBack}
            onChoose={(source) => setChosen({ source, at: Date.now() })}
          />
        </>
      )}
    </Section>
  );
}
