import type { Draft, Mistakes } from "./draft";

export interface StepProps {
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  mistakes: Mistakes;
  /** What the server said when the project was to be created. */
  refusal: unknown;
  setBusy: (busy: boolean) => void;
}
