import { AssistFields, AssistWords } from "../../parts/AssistFields";
import type { StepProps } from "./stepProps";

export function AssistStep({ draft, change, refusal }: StepProps) {
  return (
    <>
      <AssistWords />
      <AssistFields settings={draft.assist} refusal={refusal} onChange={(assist) => change({ assist })} />
    </>
  );
}
