import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import type { Project } from "../api/types";
import { LabelEditor, type EditedLabel } from "../parts/LabelEditor";
import { LABEL_LIMITS, labelMistake } from "../parts/labelRules";
import { Section } from "../parts/Section";
import { Trouble } from "../parts/States";
import { texts } from "../texts";
import { useChange } from "./useChange";

const useStyles = makeStyles({ buttons: { display: "flex", gap: tokens.spacingHorizontalS } });

export function LabelsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  // Null while nothing is edited: then the list is the project's own, as it changes.
  const [edited, setEdited] = useState<EditedLabel[] | null>(null);
  const labels: readonly EditedLabel[] = edited ?? project.labels;
  const names = labels.map((label) => label.name);
  const wrong = names.some((name, index) => labelMistake(name, names.toSpliced(index, 1)));
  const tooFew = labels.length < LABEL_LIMITS.fewest;
  return (
    <Section title={texts.details.labels}>
      <LabelEditor labels={labels} onChange={setEdited} message={tooFew ? texts.labels.tooFew : undefined} />
      {change.isError && <Trouble error={change.error} />}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          disabled={edited === null || wrong || tooFew || change.isPending}
          onClick={() =>
            change.mutate(
              {
                labels: labels.map(({ id, name }) =>
                  id === undefined ? { name: name.trim() } : { id, name: name.trim() },
                ),
              },
              { onSuccess: () => setEdited(null) },
            )
          }
        >
          {texts.details.saveLabels}
        </Button>
        {edited && <Button onClick={() => setEdited(null)}>{texts.common.discard}</Button>}
      </div>
    </Section>
  );
}
