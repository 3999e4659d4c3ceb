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
import type { Action, Doable } from "../parts/actions";
import { LABEL_KEYS } from "../parts/labelRules";
import { ARROWS, destination, stepsBy } from "../parts/steps";
import { texts } from "../texts";
import { suggestionOf, untagged, type PageChange, type PageState } from "./page";

const { tagging, keys } = texts;

export interface PageAt {
  /** One page further back among those that were submitted in this sitting; absent where there is none. */
  onBack?: (() => void) | undefined;
  onInstructions: () => void;
  onKeys: () => void;
}

/** What can be done whether there are images or not. */
export const PAGE = {
  back: { keys: ["b"], text: tagging.back, help: keys.back, icon: <ArrowHookUpLeftRegular />, run: (at) => at.onBack?.() },
  instructions: {
    keys: ["i"],
    text: tagging.instructions,
    help: keys.instructions,
    icon: <BookInformationRegular />,
    run: (at) => at.onInstructions(),
  },
  keys: { keys: ["?"], text: keys.title, help: keys.showKeys, icon: <KeyboardRegular />, run: (at) => at.onKeys() },
} satisfies Record<string, Action<PageAt>>;

export interface SheetAt extends PageAt {
  page: PageState;
  labels: readonly Label[];
  columns: number;
  dispatch: Dispatch<PageChange>;
  /** tagRest: all images that have none. */
  onTag: (labelId: number, type?: "tag" | "tagRest") => void;
  onOpen: (dialog: "skip" | "search" | "examples") => void;
  onLeave: () => void;
  onSubmit: () => void;
}

function tag({ labels, onTag }: SheetAt, key: string, type: "tag" | "tagRest"): void {
  const label = labels.find((one) => one.key === key);
  if (label) onTag(label.id, type);
}

const does =
  (type: "toggle" | "selectAll" | "accept" | "turn" | "clear" | "undo" | "redo") =>
  ({ dispatch }: SheetAt): void =>
    dispatch({ type });

/** What can be done to a page of images. */
export const SHEET = {
  tag: { keys: LABEL_KEYS, written: keys.tagKeys, text: keys.tag, run: (at, key) => tag(at, key, "tag") },
  tagRest: {
    keys: LABEL_KEYS.map((key) => `Shift+${key}`),
    written: keys.tagRestKeys,
    text: keys.tagRest,
    run: (at, key) => tag(at, key.slice(-1), "tagRest"),
  },
  search: { keys: ["/"], text: tagging.search, help: keys.search, icon: <SearchRegular />, run: (at) => at.onOpen("search") },
  ...stepsBy<SheetAt>(ARROWS, keys, ({ page, columns, dispatch }, step, extend) => {
    const to = destination(step, page.focus, page.ids.length, columns);
    if (to !== page.focus) dispatch({ type: "move", to, extend });
  }),
  toggle: { keys: [" "], written: keys.toggleKeys, text: keys.toggle, run: does("toggle") },
  selectAll: { keys: ["Ctrl+a"], text: tagging.selectAll, icon: <SelectAllOnRegular />, run: does("selectAll") },
  selectRest: {
    keys: [],
    hint: tagging.restKeys,
    text: tagging.selectUntagged,
    icon: <SelectAllOffRegular />,
    isOff: (at) => untagged(at.page).length === 0,
    run: (at) => at.dispatch({ type: "select", ids: untagged(at.page) }),
  },
  leave: { keys: ["Escape"], text: keys.selectNone, run: (at) => at.onLeave() },
  accept: {
    keys: ["y"],
    text: tagging.acceptOne,
    help: keys.accept,
    icon: <CheckmarkCircleRegular />,
    isOff: ({ page }) => page.isLarge && !suggestionOf(page, page.ids[page.focus] ?? ""),
    run: does("accept"),
  },
  turn: { keys: ["o"], text: keys.turn, run: does("turn") },
  clear: { keys: ["x"], text: tagging.clear, help: keys.clear, icon: <EraserRegular />, run: does("clear") },
  skip: { keys: ["s"], text: tagging.skip, help: keys.skip, icon: <NextRegular />, run: (at) => at.onOpen("skip") },
  undo: {
    keys: ["u", "Ctrl+z"],
    text: tagging.undo,
    icon: <ArrowUndoRegular />,
    isOff: (at) => at.page.past.length === 0,
    run: does("undo"),
  },
  redo: {
    keys: ["Ctrl+y", "Ctrl+Shift+z"],
    text: tagging.redo,
    icon: <ArrowRedoRegular />,
    isOff: (at) => at.page.undone.length === 0,
    run: does("redo"),
  },
  enlarge: {
    keys: ["z", "Enter"],
    written: keys.enlargeKeys,
    text: tagging.enlarge,
    help: keys.enlarge,
    icon: <ZoomInRegular />,
    run: (at) => at.dispatch({ type: "enlarge", index: at.page.focus }),
  },
  submit: {
    keys: ["Ctrl+Enter"],
    text: tagging.submit,
    help: keys.submit,
    isOff: (at) => untagged(at.page).length > 0,
    run: (at) => at.onSubmit(),
  },
  examples: { keys: ["e"], text: keys.examples, run: (at) => at.onOpen("examples") },
  ...PAGE,
} satisfies Record<string, Action<SheetAt>>;

export type SheetActions = Record<keyof typeof SHEET, Doable>;
