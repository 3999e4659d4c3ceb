import { fieldMessage } from "../../parts/fields";
import { LabelEditor } from "../../parts/LabelEditor";
import { Text } from "@fluentui/react-components";
import { texts } from "../../texts";
import type { StepProps } from "./stepProps";

export function LabelsStep({ draft, change, mistakes, touchSoon, refusal }: StepProps) {
  return (
    <>
      <Text>{texts.wizard.labelsWords}</Text>
      <LabelEditor
        labels={draft.labels}
        typed={draft.newLabel}
        onChange={(changed) => {
          change({
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
