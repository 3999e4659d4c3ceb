import { Field, Input } from "@fluentui/react-components";
import type { Project } from "../../api/types";
import { fieldMessage, unplaced } from "../../parts/fields";
import { InstructionsField } from "../../parts/InstructionsField";
import { SaveBar } from "../../parts/SaveBar";
import { Section } from "../../parts/Section";
import { Trouble } from "../../parts/States";
import { isUrl } from "../../parts/url";
import { useKept } from "../../parts/useKept";
import { texts } from "../../texts";
import { useChange } from "../useChange";

export function InstructionsSection({ project }: { project: Project }) {
  const change = useChange(project);
  const [edited, edit] = useKept(`instructions|${project.id}`, { text: "", url: "" });
  const { text, url } = edited ?? project.instructions;
  const changed = text !== project.instructions.text || url !== project.instructions.url;
  const wrongUrl = !isUrl(url.trim());
  const unsaid = unplaced(change.error, "instructions.url", "instructions.text");
  return (
    <Section title={texts.details.instructions}>
        <Field
          label={texts.wizard.instructionsUrl}
          validationMessage={wrongUrl ? texts.wizard.urlWrong : fieldMessage(change.error, "instructions.url")}
        >
          <Input type="url" value={url} maxLength={2_000} onChange={(_, data) => edit({ text, url: data.value })} />
        </Field>
        <InstructionsField
          text={text}
          message={fieldMessage(change.error, "instructions.text")}
          onChange={(typed) => edit({ text: typed, url })}
        />
        {unsaid !== null && <Trouble error={unsaid} />}
        <SaveBar
          button={texts.details.saveInstructions}
          changed={changed}
          ready={!wrongUrl}
          pending={change.isPending}
          onSave={() =>
            change.mutate({ instructions: { text, url: url.trim() } }, { onSuccess: () => edit(null) })
          }
          onDiscard={() => edit(null)}
        />
    </Section>
  );
}
