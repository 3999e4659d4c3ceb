import { Button, Field, Input, Textarea, makeStyles } from "@fluentui/react-components";
import { useState } from "react";
import type { Project } from "../api/types";
import { fieldMessage } from "../parts/fields";
import { Section } from "../parts/Section";
import { Trouble } from "../parts/States";
import { isUrl } from "../parts/url";
import { texts } from "../texts";
import { useChange } from "./useChange";

const useStyles = makeStyles({ save: { alignSelf: "flex-start" } });

export function InstructionsSection({ project }: { project: Project }) {
  const styles = useStyles();
  const change = useChange(project);
  const [text, setText] = useState(project.instructions.text);
  const [url, setUrl] = useState(project.instructions.url);
  const changed = text !== project.instructions.text || url !== project.instructions.url;
  const wrongUrl = !isUrl(url.trim());
  return (
    <Section title={texts.details.instructions}>
      <Field
        label={texts.wizard.instructionsUrl}
        validationMessage={wrongUrl ? texts.wizard.urlWrong : fieldMessage(change.error, "instructions.url")}
      >
        <Input type="url" value={url} maxLength={2_000} onChange={(_, data) => setUrl(data.value)} />
      </Field>
      <Field label={texts.wizard.instructionsText} validationMessage={fieldMessage(change.error, "instructions.text")}>
        <Textarea
          rows={6}
          resize="vertical"
          value={text}
          maxLength={20_000}
          onChange={(_, data) => setText(data.value)}
        />
      </Field>
      {change.isError && <Trouble error={change.error} />}
      <Button
        className={styles.save}
        appearance="primary"
        disabled={!changed || wrongUrl || change.isPending}
        onClick={() => change.mutate({ instructions: { text, url: url.trim() } })}
      >
        {texts.details.saveInstructions}
      </Button>
    </Section>
  );
}
