import { texts } from "../texts";
import { labelsOf, tag } from "./marks";
import type { TaskType } from "./task";

/** Exactly one label an image. What is suggested is one label, and the one that the image has if not that. */
export const multiClass: TaskType = {
  words: texts.tasks.oneLabel,
  own: {
    turn: { keys: ["o"], text: texts.tasks.turn, run: ({ dispatch }) => dispatch({ type: "turn" }) },
  },
  isOneLabel: true,
  pressed: (marks, label) => marks.map(() => tag([label])),
  shown: ([guess]) => (guess ? [guess] : []),
  foreseen: ([guess]) => (guess?.sure ? tag([guess.label]) : undefined),
  accepted: ([guess], isRest) => (guess && (guess.likely || isRest) ? tag([guess.label]) : undefined),
  /** What is suggested, or where it has that the next likely one, and back; what was labeled otherwise, or skipped, stays. */
  turned: (mark, [guess, second]) => {
    if (!guess || mark?.kind === "skip") return undefined;
    const [label] = labelsOf(mark);
    if (label === guess.label) return second?.label;
    return label === undefined || label === second?.label ? guess.label : undefined;
  },
};
