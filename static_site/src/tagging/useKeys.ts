import { useEffect, useEffectEvent } from "react";
import { commandOf, type Command } from "./keys";

/** Where one types or chooses. A dialog with `data-keys` leaves to the page the keys that it does not need. */
const TYPING = "input, textarea, select, [role=dialog]:not([data-keys]), [role=alertdialog], [role=menu]";
const PRESSABLE = "button, a, [role=radio]";

/** The keys of the tagging page work wherever the focus is, except where one types or chooses. What is typed for a
 *  dialog that is yet to appear tags nothing. */
export function useKeys(onCommand: (command: Command) => void, isListening: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isListening) return;
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || target?.closest(TYPING)) return;
    const presses = [" ", "Enter"].includes(event.key) && !event.ctrlKey && !event.metaKey;
    if (target?.closest(PRESSABLE) && (presses || event.key.startsWith("Arrow"))) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    onCommand(command);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
