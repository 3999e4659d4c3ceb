import { ProhibitedRegular } from "@fluentui/react-icons";
import { texts } from "../texts";
import { labelsOf, tag } from "./marks";
import type { Suggested, TaskType } from "./task";

const labelsIn = (suggested: Suggested): number[] => suggested.map(({ label }) => label);

/** Any number of labels an image, or none of them. What is suggested are all that it may well have. */
export const multiLabel: TaskType = {
  words: texts.tasks.severalLabels,
  own: {
    none: {
      keys: ["0"],
      text: texts.tasks.none,
      help: texts.tasks.noneHelp,
      icon: <ProhibitedRegular />,
      run: ({ dispatch }) => dispatch({ type: "none" }),
    },
  },
  isOneLabel: false,
  /** Off where all of them have it; else on, in the place of those that rule it out. */
  pressed: (marks, label, rivals) => {
    const isOn = marks.every((mark) => labelsOf(mark).includes(label));
    return marks.map((mark) => {
      const others = labelsOf(mark).filter((one) => one !== label);
      if (!isOn) return tag([...others.filter((one) => !rivals.includes(one)), label]);
      return others.length > 0 ? tag(others) : undefined;
    });
  },
  shown: (suggested) => suggested,
  foreseen: (suggested) => (suggested.every(({ sure }) => sure) ? tag(labelsIn(suggested)) : undefined),
  /** Of what is more likely wrong the best guess would be "none of these": that is for people to say. */
  accepted: (suggested) => {
    const likely = suggested.filter((one) => one.likely);
    return likely.length > 0 || suggested.length === 0 ? tag(labelsIn(likely)) : undefined;
  },
  turned: () => undefined,
};
