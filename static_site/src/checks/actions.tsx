import {
  ArrowExitRegular,
  ArrowResetRegular,
  ArrowUndoRegular,
  CheckmarkRegular,
  DismissRegular,
  FullScreenMinimizeRegular,
  KeyboardRegular,
  QuestionRegular,
  SearchRegular,
  ZoomInRegular,
  ZoomOutRegular,
} from "@fluentui/react-icons";
import type { Label } from "../api/types";
import type { Action, Actions, Doable } from "../parts/actions";
import { LABEL_KEYS } from "../parts/labelRules";
import type { TaskType } from "../tasks/task";
import { texts } from "../texts";
import { checks } from "../texts/checks";

const { keys, largeView } = texts;
/** By how much a key or a button zooms, and how far an arrow moves what is zoomed, in pixels. */
const STEP = 1.5;
const PAN = 80;
const PANS: Record<string, [number, number]> = {
  ArrowLeft: [PAN, 0],
  ArrowRight: [-PAN, 0],
  ArrowUp: [0, PAN],
  ArrowDown: [0, -PAN],
};

const UNDO = {
  keys: ["Backspace", "Ctrl+z"],
  text: checks.undo,
  help: checks.undoHelp,
  icon: <ArrowUndoRegular />,
  isOff: (at) => !at.canUndo,
  run: (at) => at.onUndo(),
} satisfies Action<{ canUndo: boolean; onUndo: () => void }>;

const LEAVE = {
  keys: ["Escape"],
  text: checks.leave,
  help: checks.leaveHelp,
  icon: <ArrowExitRegular />,
  run: (at) => at.onLeave(),
} satisfies Action<{ onLeave: () => void }>;

export interface JudgeAt {
  labels: readonly Label[];
  canUndo: boolean;
  isChanged: boolean;
  zoom: { zoomBy: (factor: number) => void; panBy: (x: number, y: number) => void; reset: () => void };
  /** The labels are right as they are shown. */
  onRight: () => void;
  onWrong: () => void;
  onUnclear: () => void;
  onLabel: (label: number) => void;
  onNone: () => void;
  onReset: () => void;
  onUndo: () => void;
  onOpen: (dialog: "search" | "keys") => void;
  onLeave: () => void;
}

/** What can be done while one judges. No label has one of these letters for its key (`LABEL_KEYS`), so a key is never both.
 *  U is "unclear" here: undoing, which is U elsewhere, is Backspace and Ctrl+Z. */
const ONE_LABEL = {
  right: { keys: ["y", "Enter"], text: checks.right, help: checks.rightHelp, icon: <CheckmarkRegular />, run: (at) => at.onRight() },
  wrong: { keys: ["x"], text: checks.wrong, help: checks.wrongHelp, icon: <DismissRegular />, run: (at) => at.onWrong() },
  unclear: {
    keys: ["u"],
    text: checks.unclear,
    help: checks.unclearHelp,
    icon: <QuestionRegular />,
    run: (at) => at.onUnclear(),
  },
  label: {
    keys: LABEL_KEYS,
    written: checks.labelKeys,
    text: checks.label,
    run: ({ labels, onLabel }, key) => {
      const label = labels.find((one) => one.key === key);
      if (label) onLabel(label.id);
    },
  },
  search: { keys: ["/"], text: checks.search, icon: <SearchRegular />, run: (at) => at.onOpen("search") },
  undo: UNDO,
  zoomIn: {
    keys: ["+", "="],
    written: largeView.zoomInKeys,
    text: largeView.zoomIn,
    icon: <ZoomInRegular />,
    repeats: true,
    run: (at) => at.zoom.zoomBy(STEP),
  },
  zoomOut: {
    keys: ["-"],
    written: largeView.zoomOutKeys,
    text: largeView.zoomOut,
    icon: <ZoomOutRegular />,
    repeats: true,
    run: (at) => at.zoom.zoomBy(1 / STEP),
  },
  showAll: { keys: ["z"], text: largeView.showAll, icon: <FullScreenMinimizeRegular />, run: (at) => at.zoom.reset() },
  pan: {
    keys: Object.keys(PANS),
    written: checks.panKeys,
    text: checks.pan,
    repeats: true,
    run: (at, key) => at.zoom.panBy(...(PANS[key] ?? [0, 0])),
  },
  keys: { keys: ["?"], text: keys.title, help: keys.showKeys, icon: <KeyboardRegular />, run: (at) => at.onOpen("keys") },
  leave: LEAVE,
} satisfies Record<string, Action<JudgeAt>>;

const SEVERAL = {
  ...ONE_LABEL,
  right: { ...ONE_LABEL.right, help: checks.rightHelpSeveral },
  label: { ...ONE_LABEL.label, text: checks.labelSeveral },
  none: { keys: ["0"], text: texts.tasks.none, help: checks.none, run: (at) => at.onNone() },
  reset: {
    keys: [],
    hint: keys.names.Escape,
    text: checks.reset,
    icon: <ArrowResetRegular />,
    isOff: (at) => !at.isChanged,
    run: (at) => at.onReset(),
  },
  leave: { ...LEAVE, help: checks.leaveHelpSeveral, run: (at) => (at.isChanged ? at.onReset() : at.onLeave()) },
} satisfies Record<string, Action<JudgeAt>>;

type Name = keyof typeof ONE_LABEL;
export type JudgeActions = Record<Name, Doable> & Partial<Record<"none" | "reset", Doable>>;
export type JudgeTable = Actions<JudgeAt, Name>;

export const judgeTableOf = ({ isOneLabel }: TaskType): JudgeTable => (isOneLabel ? ONE_LABEL : SEVERAL);

export interface JudgedAt {
  canUndo: boolean;
  onUndo: () => void;
  onLeave: () => void;
  onResult: () => void;
}

/** What can be done once all is judged. */
export const JUDGED = {
  result: { keys: ["Enter"], text: checks.showResult, run: (at) => at.onResult() },
  undo: UNDO,
  leave: LEAVE,
} satisfies Record<string, Action<JudgedAt>>;
