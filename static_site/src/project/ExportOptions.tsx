import { Checkbox, Field, Input, Select, makeStyles, tokens } from "@fluentui/react-components";
import type { ExportState, Project } from "../api/types";
import { exports } from "../texts/exports";
import { AzureMlFields } from "./AzureMlFields";
import {
  hasCells,
  holdsImages,
  mayHoldImages,
  shareOf,
  takesOpinions,
  takesState,
  takesSuggestions,
  type ExportDraft,
} from "./exportDraft";

const useStyles = makeStyles({
  line: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(min(180px, 100%), 1fr))",
    gap: tokens.spacingHorizontalM,
    alignItems: "start",
  },
  boxes: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM },
  choice: { width: "100%", minWidth: 0 },
  input: { minWidth: 0 },
});

const MORE = ["waiting", "skipped", "disputed", "missing"] as const satisfies ExportState[];
const SHARES = ["train", "validation", "test"] as const;

interface ExportOptionsProps {
  project: Project;
  draft: ExportDraft;
  onChange: (draft: ExportDraft) => void;
}

function Split({ draft, onChange }: Omit<ExportOptionsProps, "project">) {
  const styles = useStyles();
  const wrong = Math.abs(shareOf(draft) - 100) > 1e-6;
  return (
    <div className={styles.line}>
      {SHARES.map((side) => (
        <Field
          key={side}
          label={exports.share(exports.sides[side])}
          validationState={wrong ? "error" : "none"}
          validationMessage={wrong && side === "test" ? exports.sharesWrong : undefined}
        >
          <Input
            className={styles.input}
            type="number"
            min={0}
            max={100}
            value={draft[side]}
            onChange={(_, data) => onChange({ ...draft, [side]: data.value })}
          />
        </Field>
      ))}
      <Field label={exports.seed} hint={exports.seedHint}>
        <Input
          className={styles.input}
          type="number"
          min={0}
          step={1}
          value={draft.seed}
          onChange={(_, data) => onChange({ ...draft, seed: data.value })}
        />
      </Field>
    </div>
  );
}

/** Which images a new export holds, and how they are split. */
export function ExportOptions({ project, draft, onChange }: ExportOptionsProps) {
  const styles = useStyles();
  const toggle = (state: ExportState, on: boolean): void =>
    onChange({ ...draft, more: MORE.filter((one) => (one === state ? on : draft.more.includes(one))) });
  return (
    <>
      <div className={styles.line}>
        <Field label={exports.label}>
          <Select
            select={{ className: styles.choice }}
            value={draft.label}
            onChange={(_, data) => onChange({ ...draft, label: data.value })}
          >
            <option value="">{exports.allLabels}</option>
            {project.labels.map((label) => (
              <option key={label.id} value={label.name}>
                {label.name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={exports.since}>
          <Input
            className={styles.input}
            type="date"
            value={draft.since}
            onChange={(_, data) => onChange({ ...draft, since: data.value })}
          />
        </Field>
      </div>
      {draft.format === "azureml" && (
        <AzureMlFields parts={draft.azureMl} onChange={(azureMl) => onChange({ ...draft, azureMl })} />
      )}
      <div className={styles.boxes}>
        {MORE.filter((state) => takesState(draft.format, state) && (state !== "disputed" || project.hasOpinions)).map((state) => (
          <Checkbox
            key={state}
            label={exports.also[state]}
            checked={draft.more.includes(state)}
            onChange={(_, data) => toggle(state, data.checked === true)}
          />
        ))}
        {project.mlAssist && takesSuggestions(draft.format) && (
          <Field hint={exports.suggestionsHint}>
            <Checkbox
              label={exports.suggestions}
              checked={draft.suggestions}
              onChange={(_, data) => onChange({ ...draft, suggestions: data.checked === true })}
            />
          </Field>
        )}
        {hasCells(draft.format) && (
          <Field hint={exports.guardFormulasHint}>
            <Checkbox
              label={exports.guardFormulas}
              checked={draft.guardFormulas}
              onChange={(_, data) => onChange({ ...draft, guardFormulas: data.checked === true })}
            />
          </Field>
        )}
        {project.hasOpinions && takesOpinions(draft.format) && (
          <Field hint={exports.opinionsHint[draft.format === "csv" ? "csv" : "json"]}>
            <Checkbox
              label={exports.opinions}
              checked={draft.opinions}
              onChange={(_, data) => onChange({ ...draft, opinions: data.checked === true })}
            />
          </Field>
        )}
        {draft.format === "csv" && (
          <Field hint={exports.wideHint}>
            <Checkbox
              label={exports.wide}
              disabled={draft.opinions}
              checked={draft.wide && !draft.opinions}
              onChange={(_, data) => onChange({ ...draft, wide: data.checked === true })}
            />
          </Field>
        )}
        {mayHoldImages(draft.format) && (
          <Field hint={exports.withImagesHint}>
            <Checkbox
              label={exports.withImages}
              checked={draft.withImages}
              onChange={(_, data) => onChange({ ...draft, withImages: data.checked === true })}
            />
          </Field>
        )}
        {holdsImages(draft) && (
          <Field hint={exports.convertImagesHint}>
            <Checkbox
              label={exports.convertImages}
              checked={draft.convertImages}
              onChange={(_, data) => onChange({ ...draft, convertImages: data.checked === true })}
            />
          </Field>
        )}
        <Checkbox
          label={exports.split}
          checked={draft.splits}
          onChange={(_, data) => onChange({ ...draft, splits: data.checked === true })}
        />
      </div>
      {draft.splits && <Split draft={draft} onChange={onChange} />}
    </>
  );
}
