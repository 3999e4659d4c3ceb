import {
  ArrowHookUpLeftRegular,
  ArrowRedoRegular,
  ArrowUndoRegular,
  BookInformationRegular,
  CheckmarkCircleRegular,
  EraserRegular,
  KeyboardRegular,
  NextRegular,
  SearchRegular,
  SelectAllOffRegular,
  SelectAllOnRegular,
  ZoomInRegular,
} from "@fluentui/react-icons";
import type { Dispatch } from "react";
import type { Label } from "../api/types";
import type { Action, Actions, Doable } from "../parts/actions";
import { LABEL_KEYS } from "../parts/labelRules";
import { ARROWS, destination, stepsBy } from "../parts/steps";
import { texts } from "../texts";
import type { TaskAt, TaskType } from "../tasks/task";
import type { PageChange } from "./page";
import { acceptableIn, unlabeled, type PageState } from "./pageState";

const { labeling, keys } = texts;

export interface PageAt {
  /** One page further back among those that were submitted in this sitting; absent where there is none. */
  onBack?: (() => void) | undefined;
  onInstructions: () => void;
  onKeys: () => void;
}

/** What can be done whether there are images or not. */
export const PAGE = {
  back: { keys: ["b"], text: labeling.back, help: keys.back, icon: <ArrowHookUpLeftRegular />, run: (at) => at.onBack?.() },
  instructions: {
    keys: ["i"],
    text: labeling.instructions,
    help: keys.instructions,
    icon: <BookInformationRegular />,
    run: (at) => at.onInstructions(),
  },
  keys: { keys: ["?"], text: keys.title, help: keys.showKeys, icon: <KeyboardRegular />, run: (at) => at.onKeys() },
} satisfies Record<string, Action<PageAt>>;

export interface SheetAt extends PageAt, TaskAt {
  page: PageState;
  labels: readonly Label[];
  columns: number;
  dispatch: Dispatch<PageChange>;
  /** labelRest: all images that have none. */
  onLabel: (labelId: number, type?: "label" | "labelRest") => void;
  onOpen: (dialog: "skip" | "search" | "examples") => void;
  onLeave: () => void;
  onSubmit: () => void;
}

function give({ labels, onLabel }: SheetAt, key: string, type: "label" | "labelRest"): void {
  const label = labels.find((one) => one.key === key);
  if (label) onLabel(label.id, type);
}

const does =
  (type: "toggle" | "selectAll" | "accept" | "clear" | "undo" | "redo") =>
  ({ dispatch }: SheetAt): void =>
    dispatch({ type });

/** What can be done to a page of images, whatever is said of them. */
const COMMON = {
  label: { keys: LABEL_KEYS, written: keys.labelKeys, text: keys.label, run: (at, key) => give(at, key, "label") },
  labelRest: {
    keys: LABEL_KEYS.map((key) => `Shift+${key}`),
    written: keys.labelRestKeys,
    text: keys.labelRest,
    run: (at, key) => give(at, key.slice(-1), "labelRest"),
  },
  search: { keys: ["/"], text: labeling.search, help: keys.search, icon: <SearchRegular />, run: (at) => at.onOpen("search") },
  ...stepsBy<SheetAt>(ARROWS, keys, ({ page, columns, dispatch }, step, extend) => {
    const to = destination(step, page.focus, page.ids.length, columns);
    if (to !== page.focus) dispatch({ type: "move", to, extend });
  }),
  toggle: { keys: [" "], written: keys.toggleKeys, text: keys.toggle, run: does("toggle") },
  selectAll: { keys: ["Ctrl+a"], text: labeling.selectAll, icon: <SelectAllOnRegular />, run: does("selectAll") },
  selectRest: {
    keys: [],
    hint: labeling.restKeys,
    text: labeling.selectUnlabeled,
    icon: <SelectAllOffRegular />,
    isOff: (at) => unlabeled(at.page).length === 0,
    run: (at) => at.dispatch({ type: "select", ids: unlabeled(at.page) }),
  },
  leave: { keys: ["Escape"], text: keys.selectNone, run: (at) => at.onLeave() },
  accept: {
    keys: ["y"],
    text: labeling.acceptOne,
    help: keys.accept,
    icon: <CheckmarkCircleRegular />,
    isOff: ({ page }) => page.isLarge && !acceptableIn(page, true).includes(page.ids[page.focus] ?? ""),
    run: does("accept"),
  },
  clear: { keys: ["x"], text: labeling.clear, help: keys.clear, icon: <EraserRegular />, run: does("clear") },
  skip: { keys: ["s"], text: labeling.skip, help: keys.skip, icon: <NextRegular />, run: (at) => at.onOpen("skip") },
  undo: {
    keys: ["u", "Ctrl+z"],
    text: labeling.undo,
    icon: <ArrowUndoRegular />,
    isOff: (at) => at.page.past.length === 0,
    run: does("undo"),
  },
  redo: {
    keys: ["Ctrl+y", "Ctrl+Shift+z"],
    text: labeling.redo,
    icon: <ArrowRedoRegular />,
    isOff: (at) => at.page.undone.length === 0,
    run: does("redo"),
  },
  enlarge: {
    keys: ["z"],
    written: keys.enlargeKeys,
    text: labeling.enlarge,
    help: keys.enlarge,
    icon: <ZoomInRegular />,
    run: (at) => at.dispatch({ type: "enlarge", index: at.page.focus }),
  },
  submit: {
    keys: ["Enter", "Ctrl+Enter"],
    text: labeling.submit,
    help: keys.submit,
    isOff: (at) => unlabeled(at.page).length > 0,
    run: (at) => at.onSubmit(),
  },
  examples: { keys: ["e"], text: keys.examples, run: (at) => at.onOpen("examples") },
  ...PAGE,
} satisfies Record<string, Action<SheetAt>>;

export type SheetTable = Actions<SheetAt, keyof SheetActions>;
export type SheetActions = Record<keyof typeof COMMON, Doable> & Partial<Record<keyof TaskType["own"], Doable>>;

/** The keys of a task type's own, in the large view, too. */
export const ownKeys = ({ own }: TaskType): readonly string[] => Object.values(own).flatMap(({ keys }) => keys);

/** What can be done to a page of images of this task type, in its words. */
export function sheetOf({ own, words }: TaskType): SheetTable {
  const { label, labelRest, ...others } = COMMON;
  const table: Actions<SheetAt> = { label, labelRest, ...own, ...others };
  const told = Object.entries(table).map(([name, action]) => [name, { ...action, ...words.actions[name] }]);
  return Object.fromEntries(told) as SheetTable;
}
