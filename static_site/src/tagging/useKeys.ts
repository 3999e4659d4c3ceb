import { useEffect, useEffectEvent } from "react";

export interface KeyActions {
  columns: number;
  focus: number;
  count: number;
  labels: readonly { id: number }[];
  move: (to: number, extend: boolean) => void;
  toggle: () => void;
  selectAll: () => void;
  selectNone: () => void;
  tag: (labelId: number) => void;
  tagRest: (labelId: number) => void;
  clear: () => void;
  undo: () => void;
  askToSkip: () => void;
  search: () => void;
  submit: () => void;
  showKeys: () => void;
  back: () => void;
  instructions: () => void;
}

const TYPING = "input, textarea, select, [role=dialog], [role=alertdialog], [role=menu]";
const PRESSABLE = "button, a, [role=radio]";

const STEPS: Record<string, (columns: number) => number> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

/** Handles one key; false = it was none of ours. */
function press(event: KeyboardEvent, act: KeyActions): boolean {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.altKey) return false;
  if (control) return pressWithControl(key, act);
  // By the key's place, so that it works with Shift and on keyboards whose digits need Shift.
  const digit = /^(Digit|Numpad)([1-9])$/.exec(event.code)?.[2];
  if (digit) {
    const label = act.labels[Number(digit) - 1];
    if (label && event.shiftKey) act.tagRest(label.id);
    else if (label) act.tag(label.id);
    return true;
  }
  return pressMoving(event, act) || pressLetter(key, act);
}

function pressWithControl(key: string, act: KeyActions): boolean {
  if (key === "a") act.selectAll();
  else if (key === "z") act.undo();
  else if (key === "Enter") act.submit();
  else return false;
  return true;
}

function pressMoving(event: KeyboardEvent, act: KeyActions): boolean {
  const step = STEPS[event.key];
  if (step) {
    const to = act.focus + step(act.columns);
    if (to >= 0 && to < act.count) act.move(to, event.shiftKey);
  } else if (event.key === "Home") act.move(0, event.shiftKey);
  else if (event.key === "End") act.move(act.count - 1, event.shiftKey);
  else return false;
  return true;
}

function pressLetter(key: string, act: KeyActions): boolean {
  const letters: Record<string, () => void> = {
    " ": act.toggle,
    Escape: act.selectNone,
    Enter: act.submit,
    x: act.clear,
    s: act.askToSkip,
    u: act.undo,
    b: act.back,
    i: act.instructions,
    "/": act.search,
    "?": act.showKeys,
  };
  letters[key]?.();
  return key in letters;
}

/** The keys of the tagging page work wherever the focus is, except where one types or chooses. What is typed for a
 *  dialog that is yet to appear tags nothing. */
export function useKeys(actions: KeyActions, isListening: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isListening) return;
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || target?.closest(TYPING)) return;
    const presses = [" ", "Enter"].includes(event.key) && !event.ctrlKey;
    if (target?.closest(PRESSABLE) && (presses || event.key.startsWith("Arrow"))) return;
    if (press(event, actions)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
