import { fieldMessage } from "../../parts/fields";
import { LabelEditor } from "../../parts/LabelEditor";
import { Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { texts } from "../../texts";
import type { StepProps } from "./stepProps";

export function LabelsStep({ draft, change, mistakes, touchSoon, refusal }: StepProps) {
  // The same objects at each key in the field for a new one, so that a list of hundreds is not drawn again.
  const labels = useMemo(() => draft.labels.map((name) => ({ name })), [draft.labels]);
  return (
    <>
      <Text>{texts.wizard.labelsWords}</Text>
      <LabelEditor
        labels={labels}
        typed={draft.newLabel}
        onChange={(changed) => {
          change({
            ...(changed.labels && { labels: changed.labels.map((label) => label.name) }),
            ...(changed.typed !== undefined && { newLabel: changed.typed }),
          });
          touchSoon("labels");
        }}
        message={mistakes.labels ?? fieldMessage(refusal, "labels")}
      />
    </>
  );
}
