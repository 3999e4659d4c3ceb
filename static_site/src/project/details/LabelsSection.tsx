import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { MergeRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useProgress } from "../../api/queries";
import type { Label, Project } from "../../api/types";
import { fieldMessage, unplaced } from "../../parts/fields";
import { LabelEditor } from "../../parts/LabelEditor";
import { LABEL_LIMITS, labelMistake, rebased, sameLabels, type EditedLabel } from "../../parts/labelRules";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import { useKept } from "../../parts/useKept";
import { texts } from "../../texts";
import { useChange } from "../useChange";
import { MergedLabels } from "./MergedLabels";
import { MergeDialog } from "./MergeDialog";
import { RemoveUnused } from "./RemoveUnused";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, minWidth: 0 },
});

interface EditedLabels {
  base: EditedLabel[];
  labels: EditedLabel[];
}

const EXAMPLE: EditedLabels = { base: [{ name: "" }], labels: [{ name: "" }] };

const request = (labels: readonly EditedLabel[]) =>
  labels.map(({ id, name }) => (id === undefined ? { name: name.trim() } : { id, name: name.trim() }));

export function LabelsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  const progress = useProgress(project.id);
  const [edited, edit] = useKept(`labels|${project.id}`, EXAMPLE);
  const [merging, setMerging] = useState<Label | null>(null);
  const labels = edited ? rebased(edited.labels, edited.base, project.labels) : project.labels;
  const changed = !sameLabels(labels, project.labels);
  const names = labels.map((label) => label.name);
  const wrong = names.some((name, index) => labelMistake(name, names.toSpliced(index, 1)));
  const tooFew = labels.length < LABEL_LIMITS.fewest;
  const counts = new Map(progress.data?.byLabel.map((one) => [one.label, one.count]));
  const imagesOf = (label: EditedLabel): number | undefined => {
    const stored = project.labels.find((one) => one.id === label.id);
    return stored && progress.data ? (counts.get(stored.name) ?? 0) : undefined;
  };
  const unused = project.labels.filter((label) => imagesOf(label) === 0);
  const unsaid = unplaced(change.error, "labels");
  const mergeButton = (label: EditedLabel) => {
    const stored = project.labels.find((one) => one.id === label.id);
    return (
      <Button
        appearance="subtle"
        icon={<MergeRegular />}
        disabledFocusable={!stored || changed || project.labels.length <= LABEL_LIMITS.fewest}
        title={changed ? texts.details.mergeLater : undefined}
        aria-label={texts.details.mergeOf(label.name)}
        onClick={() => setMerging(stored ?? null)}
      />
    );
  };
  return (
    <Section
      title={texts.details.labels}
      action={<RemoveUnused project={project} unused={unused} disabled={changed || progress.data === undefined} />}
    >
      <div className={styles.list}>
        <LabelEditor
          labels={labels}
          onChange={(list) => edit({ base: [...project.labels], labels: list })}
          message={tooFew ? texts.labels.tooFew : fieldMessage(change.error, "labels")}
          imagesOf={imagesOf}
          actionOf={mergeButton}
        />
        {unsaid !== null && <Trouble error={unsaid} />}
        <SaveBar
          button={texts.details.saveLabels}
          changed={changed}
          ready={!wrong && !tooFew}
          pending={change.isPending}
          onSave={() => change.mutate({ labels: request(labels) }, { onSuccess: () => edit(null) })}
          onDiscard={() => edit(null)}
        />
        <MergedLabels project={project} />
      </div>
      {merging && (
        <MergeDialog
          project={project}
          label={merging}
          images={imagesOf(merging) ?? 0}
          onClose={() => setMerging(null)}
        />
      )}
    </Section>
  );
}
