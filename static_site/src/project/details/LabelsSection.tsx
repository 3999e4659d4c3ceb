import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useProgress } from "../../api/queries/projects";
import type { Project } from "../../api/types";
import { Clashes } from "../../parts/Clashes";
import { fieldMessage, unplaced } from "../../parts/fields";
import { LabelEditor } from "../../parts/LabelEditor";
import { chosenLabels, editedLabels, mergeLabels, type LabelClash } from "../../parts/labelMerge";
import { exclusiveGroups, mergedPaths, pathOf } from "../../parts/labelGroups";
import { areNames, LABEL_LIMITS, sameLabels, typedLabel, typedMistake, type EditedLabel } from "../../parts/labelRules";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import type { Draft } from "../../parts/threeWay";
import { useKept } from "../../parts/useKept";
import { taskOf } from "../../tasks";
import { texts } from "../../texts";
import { useChange } from "../../parts/useChange";
import { LabelDialog } from "./LabelDialog";
import { MergedLabels } from "./MergedLabels";
import { MergeDialog } from "./MergeDialog";
import { RemoveUnused } from "./RemoveUnused";

const useStyles = makeStyles({
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL, minWidth: 0 },
});

const NO_PATHS: Draft<string[]> = { base: [""], mine: [""] };
const EXAMPLE: Draft<EditedLabel[]> = { base: [{ name: "" }], mine: [{ name: "" }] };

const request = (labels: readonly EditedLabel[]) =>
  labels.map(({ id, name, group = "" }) => ({ ...(id !== undefined && { id }), name: name.trim(), group }));

/** The labels with the one that is typed and not added yet. */
const withTyped = (labels: readonly EditedLabel[], typed: string): EditedLabel[] => {
  const added = typedLabel(
    typed,
    labels.map(({ name }) => name),
  );
  return [...labels, ...added];
};

const exclusiveIn = ({ groups }: Project): string[] => groups.flatMap(({ path, exclusive }) => (exclusive ? path : []));

const keyOf = (clash: LabelClash): string => (clash.kind === "order" ? clash.kind : String(clash.id));

const listed = (labels: readonly EditedLabel[]): string => labels.map(pathOf).join("\n");

function inWords(clash: LabelClash, mine: readonly EditedLabel[], theirs: readonly EditedLabel[]) {
  if (clash.kind === "order") return { what: texts.clashes.order, mine: listed(mine), theirs: listed(theirs) };
  const nameOr = (name: string | undefined): string => name ?? texts.clashes.removed;
  return { what: texts.clashes.label(clash.base), mine: nameOr(clash.mine), theirs: nameOr(clash.theirs) };
}

export function LabelsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  const hasExclusive = !taskOf(project).isOneLabel;
  const progress = useProgress(project.id);
  const [kept, keep] = useKept(`labels|${project.id}`, EXAMPLE);
  const [typed, keepTyped] = useKept(`new-label|${project.id}`, "");
  const [keptPaths, keepPaths] = useKept(`exclusive|${project.id}`, NO_PATHS);
  const [merged, setMerged] = useState<number>();
  const [explained, setExplained] = useState<number>();
  const draft = kept ?? { base: project.labels, mine: project.labels };
  const { labels, clashes } = mergeLabels(draft, project.labels);
  const saved = exclusiveIn(project);
  const paths = keptPaths ?? { base: saved, mine: saved };
  const exclusive = mergedPaths(paths.base, paths.mine, saved);
  const changed = !sameLabels(labels, project.labels) || exclusive.toSorted().join() !== saved.toSorted().join();
  const whole = withTyped(labels, typed ?? "");
  const names = labels.map((label) => label.name);
  const wrong = !areNames(names) || typedMistake(typed ?? "", names) !== undefined;
  const tooFew = whole.length < LABEL_LIMITS.fewest;
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
      isEdited: changed,
      onExplain: (label: EditedLabel) => setExplained(label.id),
    }),
    [changed, canMerge],
  );
  const discard = () => {
    keep(null);
    keepPaths(null);
    keepTyped(null);
  };
  const toExplain = project.labels.find((label) => label.id === explained);
  const toMerge = project.labels.find((label) => label.id === merged);
  return (
    <Section
      id="labels"
      title={texts.details.labels}
      action={<RemoveUnused project={project} unused={unused} disabled={changed || progress.data === undefined} />}
    >
      <div className={styles.list}>
        <LabelEditor
          labels={labels}
          typed={typed ?? ""}
          onChange={(changed) => {
            if (changed.labels) keep(editedLabels(draft, project.labels, changed.labels));
            if (changed.exclusive) keepPaths({ base: saved, mine: [...changed.exclusive] });
            if (changed.typed !== undefined) keepTyped(changed.typed || null);
          }}
          message={tooFew ? texts.labels.tooFew : fieldMessage(change.error, "labels")}
          imagesOf={imagesOf}
          merging={merging}
          exclusive={hasExclusive ? exclusive : undefined}
        />
        {unsaid !== null && <Trouble error={unsaid} />}
        <Clashes
          clashes={clashes.map((clash) => ({ key: keyOf(clash), ...inWords(clash, labels, project.labels) }))}
          onChoose={(key, side) => {
            const clash = clashes.find((one) => keyOf(one) === key);
            if (clash) keep(chosenLabels(draft, project.labels, clash, side));
          }}
        />
        <SaveBar
          button={texts.details.saveLabels}
          changed={changed || typed !== null}
          ready={!wrong && !tooFew && clashes.length === 0}
          pending={change.isPending}
          onSave={() =>
            change.mutate(
              (now) => {
                const merged = mergeLabels(draft, now.labels);
                if (merged.clashes.length > 0) return null;
                const labels = withTyped(merged.labels, typed ?? "");
                const groups = exclusiveGroups(labels, mergedPaths(paths.base, paths.mine, exclusiveIn(now)));
                return { labels: request(labels), ...(hasExclusive && { groups }) };
              },
              {
                onSuccess: (changed) => {
                  if (changed) discard();
                },
              },
            )
          }
          onDiscard={discard}
        />
        <MergedLabels project={project} />
      </div>
      {toExplain && <LabelDialog project={project} label={toExplain} onClose={() => setExplained(undefined)} />}
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
