import { useEffect, useEffectEvent, useLayoutEffect, useState, type ReactElement } from "react";
import { texts } from "../texts";
import { digitOf } from "./digitOf";
import { keyName } from "./keyName";

/** Something that can be done on a page, in its state `At`. The keys, the buttons with their tooltips and the list of keys
 *  are all drawn from a page's table of these. */
export interface Action<At> {
  /** The presses that ask for it, as `spellings` writes them; its button tells the first. */
  keys: readonly string[];
  /** The words of its button. */
  text: string;
  /** What the list of keys says of it, where the button's words do not say enough. */
  help?: string;
  /** How the list tells its keys, where not one by one. */
  written?: string;
  /** What its button tells instead of its first key. */
  hint?: string;
  icon?: ReactElement;
  /** Whether it goes on while its key is held down. */
  repeats?: boolean;
  /** Whether its button is disabled. Its key is heard all the same: it may say why there is nothing to do. */
  isOff?: (at: At) => boolean;
  run: (at: At, key: string) => void;
}

export type Actions<At, Name extends string = string> = Readonly<Record<Name, Action<At>>>;

/** An action of the page as it is now: what its button needs. */
export interface Doable {
  text: string;
  /** As it is written on the keys. */
  key: string;
  icon: ReactElement | undefined;
  isOff: boolean;
  run: () => void;
}

export type Press = Pick<
  KeyboardEvent,
  "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing" | "getModifierState"
>;

/** How a press may stand in a table: "x", "Ctrl+z", "Shift+2", the first one first. Shift is not told where the table does
 *  not tell it. Signs come before digits: where / is on one of them, with Shift, it is what was meant. */
function spellings(press: Press): string[] {
  // Some keyboards write / and ? with AltGr, which looks like Ctrl+Alt.
  const isWritten = press.getModifierState("AltGraph");
  if (press.isComposing || (press.altKey && !isWritten)) return [];
  const control = (press.ctrlKey || press.metaKey) && !isWritten ? "Ctrl+" : "";
  const shift = press.shiftKey ? "Shift+" : "";
  const name = keyName(press);
  // Digits go by their place alone, and with Shift they are other keys.
  const signs = /^\d$/.test(name) ? [] : [control + shift + name, control + name];
  const digit = control ? null : digitOf(press);
  return digit ? [...signs, shift + digit] : signs;
}

/** What a press asks for; null = nothing of this. A key that is held down asks for nothing new, but is none of the
 *  browser's either. */
export function askedBy<At, Name extends string>(table: Actions<At, Name>, press: Press) {
  const names = Object.keys(table) as Name[];
  for (const key of spellings(press)) {
    const name = names.find((one) => table[one].keys.includes(key));
    if (name) return { name, key, isHeld: press.repeat && !table[name].repeats };
  }
  return null;
}

/** "Ctrl+z" as it is written on the keys. */
const written = (key: string): string =>
  key.replace(/[^+]+$|\+$/, (last) => texts.keys.names[last] ?? (last.length === 1 ? last.toUpperCase() : last));

const told = ({ keys, hint }: Action<never>): string => hint ?? written(keys[0] ?? "");

/** The words of an action and its key, for a tooltip. */
export const hintOf = (action: Action<never>): string => texts.common.withKey(action.text, told(action));

/** A table without these keys: somebody else listens to them. */
export const without = <At, Name extends string>(table: Actions<At, Name>, keys: readonly string[]): Actions<At, Name> =>
  Object.fromEntries(
    Object.entries<Action<At>>(table).map(([name, action]) => [
      name,
      { ...action, keys: action.keys.filter((key) => !keys.includes(key)) },
    ]),
  ) as Record<string, Action<At>> as Actions<At, Name>;

/** The list of keys. */
export const listOf = (table: Actions<never>): [keys: string, meaning: string][] =>
  Object.values(table)
    .filter(({ keys }) => keys.length > 0)
    .map((one) => [
      one.written ?? one.keys.map((key) => written(key).replace(/(?<=.)\+(?=.)/g, " + ")).join(", "),
      one.help ?? one.text,
    ]);

/** What the buttons of a page need, in each of its states. Each is made once, and once for where it is off: so what is
 *  drawn by it is drawn again only when it turns on or off. */
export function bind<At, Name extends string>(table: Actions<At, Name>, first: At) {
  let latest = first;
  const made = Object.entries<Action<At>>(table).map(([name, action]) => {
    const { text, icon, isOff, run } = action;
    const on: Doable = { text, icon, key: told(action), isOff: false, run: () => run(latest, "") };
    return { name, isOff, on, off: { ...on, isOff: true } };
  });
  return {
    /** They are done to this from now on. */
    note: (at: At): void => {
      latest = at;
    },
    doables: (at: At): Record<Name, Doable> => {
      const bound = made.map(({ name, isOff, on, off }) => [name, isOff?.(at) ? off : on]);
      return Object.fromEntries(bound) as Record<Name, Doable>;
    },
  };
}

/** The actions of a page as it is now, for its buttons. */
export function useBound<At, Name extends string>(table: Actions<At, Name>, at: At): Record<Name, Doable> {
  const [bound] = useState(() => bind(table, at));
  useLayoutEffect(() => bound.note(at));
  return bound.doables(at);
}

/** Where one types or chooses. A dialog with `data-keys` leaves to the page the keys that it does not need. */
const TYPING =
  "input:not([type=checkbox]), textarea, select, [role=dialog]:not([data-keys]), [role=alertdialog], [role=menu]";
/** What is pressed, or moved in, by some keys itself. */
const TAKES = [
  ["button, a", /^( |Enter|Arrow.*)$/],
  ["input, [role=radio], [role=tab]", /^( |Enter|Arrow.*|Home|End)$/],
] as const;

function isElsewhere({ target, key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(TYPING)) return true;
  return !ctrlKey && !metaKey && TAKES.some(([place, keys]) => keys.test(key) && target.closest(place));
}

/** The actions of a page. Their keys work wherever the focus is, except where one types or chooses. Not listening: what is
 *  typed for a dialog that is yet to appear does nothing here. */
export function useActions<At, Name extends string>(table: Actions<At, Name>, at: At, isListening = true) {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isListening || event.defaultPrevented || isElsewhere(event)) return;
    const asked = askedBy(table, event);
    if (!asked) return;
    event.preventDefault();
    if (!asked.isHeld) table[asked.name].run(at, asked.key);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return useBound(table, at);
}
