import {
  ArrowUndoRegular,
  CheckmarkCircleRegular,
  InfoRegular,
  KeyboardRegular,
  PersonQuestionMarkRegular,
  TagRegular,
  ThumbDislikeRegular,
  ThumbLikeRegular,
  ZoomInRegular,
} from "@fluentui/react-icons";
import type { Label } from "../api/types";
import type { Action, Actions, Doable } from "../parts/actions";
import { ARROWS, PAGES, stepsBy, type Step } from "../parts/steps";
import type { TaskType } from "../tasks/task";
import { texts } from "../texts";
import { askAllTexts, disputeTexts } from "../texts/opinions";

const { data, keys } = texts;
const { help } = data;
/** What is stepped through side by side. */
export type Stepped = "label" | "labeler";

const DIGITS = [..."123456789"];

export interface BoardAt {
  labels: readonly Label[];
  canUndo: boolean;
  /** Whether more opinions may be asked for on what is shown. */
  canAskAll: boolean;
  onMove: (step: Step, extend: boolean) => void;
  onToggle: () => void;
  onSelectAll: () => void;
  onLeave: () => void;
  onLabel: (label: Label | undefined) => void;
  onNone: () => void;
  onTake: () => void;
  onConfirm: () => void;
  onReject: () => void;
  /** One more opinion on the images. */
  onAsk: () => void;
  /** What is marked of a disputed image. */
  onDecide: () => void;
  /** What is said of a disputed image, by its place among the opinions. */
  onChoose: (place: number) => void;
  onUndo: () => void;
  onEnlarge: () => void;
  onDetails: () => void;
  onOpen: (dialog: "label" | "keys" | "askAll") => void;
  onStep: (part: Stepped, by: 1 | -1) => void;
}

/** To the next or the previous label or labeler. */
const stepTo = (key: string, part: Stepped, by: 1 | -1): Action<BoardAt> => {
  const what = data.steps[part];
  const text = by === 1 ? data.next(what) : data.previous(what);
  return { keys: [key], text, help: help.sideBySide(text.toLowerCase()), run: (at) => at.onStep(part, by) };
};

/** What can be done on the Data page. */
export const BOARD = {
  ...stepsBy<BoardAt>([...ARROWS, ...PAGES], help, (at, step, extend) => at.onMove(step, extend)),
  toggle: { keys: [" "], text: help.toggle, run: (at) => at.onToggle() },
  selectAll: { keys: ["Ctrl+a"], text: help.selectAll, run: (at) => at.onSelectAll() },
  leave: { keys: ["Escape"], text: help.selectNone, run: (at) => at.onLeave() },
  label: {
    keys: DIGITS,
    written: help.labelKeys,
    text: help.label,
    run: (at, key) => at.onLabel(at.labels.find((label) => label.key === key)),
  },
  search: {
    keys: ["/"],
    hint: data.labelKeys,
    text: data.changeLabel,
    help: help.search,
    icon: <TagRegular />,
    run: (at) => at.onOpen("label"),
  },
  take: { keys: ["y"], text: data.take, help: help.take, icon: <CheckmarkCircleRegular />, run: (at) => at.onTake() },
  confirm: { keys: ["c"], text: data.confirm, help: help.confirm, icon: <ThumbLikeRegular />, run: (at) => at.onConfirm() },
  reject: {
    keys: ["r", "Delete"],
    text: data.reject,
    help: help.reject,
    icon: <ThumbDislikeRegular />,
    run: (at) => at.onReject(),
  },
  ask: { keys: ["o"], text: disputeTexts.ask, icon: <PersonQuestionMarkRegular />, run: (at) => at.onAsk() },
  askAll: {
    keys: ["Shift+o"],
    text: askAllTexts.ask,
    icon: <PersonQuestionMarkRegular />,
    isOff: (at) => !at.canAskAll,
    run: (at) => at.onOpen("askAll"),
  },
  choose: {
    keys: DIGITS.map((digit) => `Shift+${digit}`),
    written: disputeTexts.chooseKeys,
    text: disputeTexts.choose,
    help: disputeTexts.chooseHelp,
    run: (at, key) => at.onChoose(Number(key.at(-1)) - 1),
  },
  undo: {
    keys: ["u", "Ctrl+z"],
    text: data.undo,
    help: help.undo,
    icon: <ArrowUndoRegular />,
    isOff: (at) => !at.canUndo,
    run: (at) => at.onUndo(),
  },
  enlarge: { keys: ["z", "Enter"], text: data.enlarge, help: help.enlarge, icon: <ZoomInRegular />, run: (at) => at.onEnlarge() },
  details: { keys: ["d", "i"], text: data.details, help: help.details, icon: <InfoRegular />, run: (at) => at.onDetails() },
  nextLabel: stepTo("n", "label", 1),
  previousLabel: stepTo("p", "label", -1),
  nextLabeler: stepTo("Shift+n", "labeler", 1),
  previousLabeler: stepTo("Shift+p", "labeler", -1),
  keys: { keys: ["?"], text: keys.title, help: keys.showKeys, icon: <KeyboardRegular />, run: (at) => at.onOpen("keys") },
} satisfies Record<string, Action<BoardAt>>;

/** Where images have several labels: a key turns one of them on or off. */
const SEVERAL = {
  ...BOARD,
  label: { ...BOARD.label, text: help.turn },
  choose: { ...BOARD.choose, help: disputeTexts.chooseHelpOfSeveral },
  search: { ...BOARD.search, text: data.changeLabels, help: help.changeLabels },
  take: { ...BOARD.take, text: data.takeLabels, help: help.takeLabels },
  confirm: { ...BOARD.confirm, text: data.confirmLabels, help: help.confirmLabels },
  none: { keys: ["0"], text: texts.tasks.none, help: help.none, run: (at) => at.onNone() },
  // Where there is nothing to decide, it enlarges as ever.
  enlarge: { ...BOARD.enlarge, keys: ["z"] },
  decide: { keys: ["Enter"], text: disputeTexts.decide, help: disputeTexts.decideHelp, run: (at) => at.onDecide() },
} satisfies Record<string, Action<BoardAt>>;

export const boardOf = ({ isOneLabel }: TaskType): Actions<BoardAt, keyof typeof BOARD> => (isOneLabel ? BOARD : SEVERAL);

/** Keys that mean something else to the large view, where the board has them. */
export const ownKeys = ({ isOneLabel }: TaskType): readonly string[] => (isOneLabel ? [] : SEVERAL.none.keys);

export type ReviewActions = Record<keyof typeof BOARD, Doable>;
