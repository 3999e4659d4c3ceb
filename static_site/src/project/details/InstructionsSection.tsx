import { Field, Input } from "@fluentui/react-components";
import type { Project } from "../../api/types";
import { FieldClashes, type FieldWords } from "../../parts/Clashes";
import { fieldMessage, unplaced } from "../../parts/fields";
import { InstructionsField } from "../../parts/InstructionsField";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import { isUrl } from "../../parts/url";
import { texts } from "../../texts";
import { useProjectDraft } from "./useProjectDraft";

type Instructions = Project["instructions"];

const INSTRUCTIONS = {
  name: "instructions",
  savedOf: (project: Project): Instructions => project.instructions,
  tidy: (value: Instructions): Instructions => ({ ...value, url: value.url.trim() }),
  toChange: (instructions: Partial<Instructions>) => ({ instructions }),
};

const FIELDS: FieldWords<Instructions> = {
  text: [texts.wizard.instructionsText, texts.clashes.text],
  url: [texts.wizard.instructionsUrl, texts.clashes.text],
};

export function InstructionsSection({ project }: { project: Project }) {
  const draft = useProjectDraft(project, INSTRUCTIONS);
  const { text, url } = draft.value;
  const wrongUrl = !isUrl(url.trim());
  const unsaid = unplaced(draft.error, "instructions.url", "instructions.text");
  return (
    <Section title={texts.details.instructions}>
      <Field
        label={texts.wizard.instructionsUrl}
        validationMessage={wrongUrl ? texts.wizard.urlWrong : fieldMessage(draft.error, "instructions.url")}
      >
        <Input type="url" value={url} maxLength={2_000} onChange={(_, data) => draft.edit({ url: data.value })} />
      </Field>
      <InstructionsField
        text={text}
        message={fieldMessage(draft.error, "instructions.text")}
        onChange={(typed) => draft.edit({ text: typed })}
      />
      {unsaid !== null && <Trouble error={unsaid} />}
      <FieldClashes draft={draft} fields={FIELDS} />
      <SaveBar
        button={texts.details.saveInstructions}
        changed={draft.changed}
        ready={!wrongUrl && draft.clashes.length === 0}
        pending={draft.pending}
        onSave={() => draft.save()}
        onDiscard={draft.discard}
      />
    </Section>
  );
}
