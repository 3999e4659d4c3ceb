import { Checkbox, Field, Input, Radio, RadioGroup, Text } from "@fluentui/react-components";
import { useRefreshMinutes } from "../../api/queries/me";
import { fieldMessage } from "../../parts/fields";
import { InstructionsField } from "../../parts/InstructionsField";
import { TASK_TYPES, type TaskTypeName } from "../../tasks";
import { texts } from "../../texts";
import { LIMITS, taskTypeOf } from "./draft";
import type { StepProps } from "./stepProps";

export function DetailsStep({ draft, change, mistakes, touch, touchSoon, refusal }: StepProps) {
  return (
    <>
      <Field
        label={texts.wizard.name}
        required
        hint={texts.wizard.nameHint}
        validationMessage={mistakes.name ?? fieldMessage(refusal, "name")}
      >
        <Input
          autoFocus
          value={draft.name}
          maxLength={LIMITS.name}
          onBlur={() => touch("name")}
          onChange={(_, data) => {
            change({ name: data.value });
            touchSoon("name");
          }}
        />
      </Field>
      <Field label={texts.wizard.taskType} required hint={texts.wizard.taskTypeHint}>
        <RadioGroup value={taskTypeOf(draft)} onChange={(_, data) => change({ taskType: data.value as TaskTypeName })}>
          {Object.entries(TASK_TYPES).map(([name, { words }]) => (
            <Radio
              key={name}
              value={name}
              label={
                <>
                  {words.name}
                  <br />
                  <Text size={200}>{words.line}</Text>
                </>
              }
            />
          ))}
        </RadioGroup>
      </Field>
    </>
  );
}

export function RefreshStep({ draft, change }: StepProps) {
  return (
    <>
      <Text>{texts.wizard.refreshWords(useRefreshMinutes())}</Text>
      <Checkbox
        label={texts.wizard.refreshBox}
        checked={draft.incrementalRefresh}
        onChange={(_, data) => change({ incrementalRefresh: data.checked === true })}
      />
    </>
  );
}

export function InstructionsStep({ draft, change, mistakes, touch, touchSoon, refusal }: StepProps) {
  const { instructions } = draft;
  return (
    <>
      <Text>{texts.wizard.instructionsWords}</Text>
      <Field
        label={texts.wizard.instructionsUrl}
        hint={texts.wizard.instructionsUrlHint}
        validationMessage={mistakes.url ?? fieldMessage(refusal, "instructions.url")}
      >
        <Input
          type="url"
          value={instructions.url}
          maxLength={LIMITS.url}
          onBlur={() => touch("url")}
          onChange={(_, data) => {
            change({ instructions: { ...instructions, url: data.value } });
            touchSoon("url");
          }}
        />
      </Field>
      <InstructionsField
        text={instructions.text}
        message={fieldMessage(refusal, "instructions.text")}
        onChange={(text) => change({ instructions: { ...instructions, text } })}
      />
    </>
  );
}
