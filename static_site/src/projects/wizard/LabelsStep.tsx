import { fieldMessage } from "../../parts/fields";
import { LabelEditor } from "../../parts/LabelEditor";
import { Text } from "@fluentui/react-components";
import { TASK_TYPES } from "../../tasks";
import { texts } from "../../texts";
import { taskTypeOf } from "./draft";
import type { StepProps } from "./stepProps";

export function LabelsStep({ draft, change, mistakes, touchSoon, refusal }: StepProps) {
  return (
    <>
      <Text>{texts.wizard.labelsWords}</Text>
      <LabelEditor
        labels={draft.labels}
        typed={draft.newLabel}
        exclusive={TASK_TYPES[taskTypeOf(draft)].isOneLabel ? undefined : (draft.exclusive ?? [])}
        onChange={(changed) => {
          change({
            ...(changed.exclusive && { exclusive: changed.exclusive }),
            ...(changed.labels && { labels: changed.labels }),
            ...(changed.typed !== undefined && { newLabel: changed.typed }),
          });
          touchSoon("labels");
        }}
        message={mistakes.labels ?? fieldMessage(refusal, "labels")}
      />
    </>
  );
}
