import { assistQuery } from "../../api/queries/runs";
import { askAgain } from "../../api/queryClient";
import type { Project } from "../../api/types";
import { assistOf, isWhole, toPartOfAssistChange, type AssistSettings } from "../../parts/assist";
import { AssistFields, AssistWords } from "../../parts/AssistFields";
import { FieldClashes, type FieldWords } from "../../parts/Clashes";
import { unplaced } from "../../parts/fields";
import { SaveBar } from "../../parts/SaveBar";
import { Trouble } from "../../parts/States";
import { texts } from "../../texts";
import { AssistCard } from "../assist/AssistCard";
import { useProjectDraft } from "./useProjectDraft";

const FIELDS: FieldWords<AssistSettings> = {
  mlAssist: [texts.assist.suggest, texts.clashes.onOff],
  suggestionOrder: [texts.assist.order, (order) => texts.assist.orders[order].name],
  precision: [texts.assist.precision, texts.clashes.text],
};

/** Whether and how labels are suggested, and how that stands. */
export function AssistSection({ project }: { project: Project }) {
  const draft = useProjectDraft(project, {
    name: "assist",
    savedOf: assistOf,
    // When it is off, the rest stays as it is.
    tidy: (value) => (value.mlAssist ? value : { ...assistOf(project), mlAssist: false }),
    toChange: toPartOfAssistChange,
  });
  const unsaid = unplaced(draft.error, "suggestionPrecision");
  return (
    <AssistCard title={texts.assist.title} project={project}>
      {!project.mlAssist && <AssistWords />}
      <AssistFields settings={draft.value} refusal={draft.error} onChange={draft.edit} />
      {unsaid !== null && <Trouble error={unsaid} />}
      <FieldClashes draft={draft} fields={FIELDS} />
      <SaveBar
        button={texts.assist.save}
        changed={draft.changed}
        ready={isWhole(draft.value) && draft.clashes.length === 0}
        pending={draft.pending}
        onSave={() =>
          draft.save(() => void askAgain(assistQuery(project.id)))
        }
        onDiscard={draft.discard}
      />
    </AssistCard>
  );
}
