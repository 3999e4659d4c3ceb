import type { Draft, FieldName, Mistakes, Step } from "./draft";

export interface StepProps {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  /** What is to be said beside the fields. */
  mistakes: Mistakes;
  /** A field was left, or is typed in: it says what is wrong at once, or in a moment. */
  touch: (field: FieldName) => void;
  touchSoon: (field: FieldName) => void;
  /** What the server said when the project was to be created. */
  refusal: unknown;
  setBusy: (busy: boolean) => void;
  go: (step: number) => void;
  /** Goes on, past the steps before this one, unless something is wrong with one. */
  skipTo: (step: Step) => void;
}

export interface DatasetProps extends StepProps {
  changeDataset: (changed: Partial<Draft["dataset"]>) => void;
}
