import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useProgress } from "../../api/queries";
import type { Project } from "../../api/types";
import { fieldMessage, unplaced } from "../../parts/fields";
import { LabelEditor } from "../../parts/LabelEditor";
import { areNames, LABEL_LIMITS, rebased, sameLabels, type EditedLabel } from "../../parts/labelRules";
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
  const [merged, setMerged] = useState<number>();
  const labels = edited ? rebased(edited.labels, edited.base, project.labels) : project.labels;
  const changed = !sameLabels(labels, project.labels);
  const wrong = !areNames(labels.map((label) => label.name));
  const tooFew = labels.length < LABEL_LIMITS.fewest;
  const counts = new Map(progress.data?.byLabel.map((one) => [one.label, one.count]));
  const imagesOf = (label: EditedLabel): number | undefined => {
    const stored = project.labels.find((one) => one.id === label.id);
    return stored && progress.data ? (counts.get(stored.name) ?? 0) : undefined;
  };
  const unused = project.labels.filter((label) => imagesOf(label) === 0);
  const unsaid = unplaced(change.error, "labels");
  const canMerge = project.labels.length > LABEL_LIMITS.fewest;
  const merging = useMemo(
    () => ({
      notNow: changed ? texts.details.mergeLater : canMerge ? undefined : texts.labels.tooFew,
      onMerge: (label: EditedLabel) => setMerged(label.id),
    }),
    [changed, canMerge],
  );
  const toMerge = project.labels.find((label) => label.id === merged);
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
          merging={merging}
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
      {toMerge && (
        <MergeDialog
          project={project}
          label={toMerge}
          images={imagesOf(toMerge) ?? 0}
          onClose={() => setMerged(undefined)}
        />
      )}
    </Section>
  );
}
