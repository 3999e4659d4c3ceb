import { useEffect, useEffectEvent } from "react";
import { commandOf, type Command } from "./keys";

/** A dialog with `data-keys` leaves to the page the keys that it does not need. */
const TYPING =
  "input:not([type=checkbox]), textarea, select, [role=dialog]:not([data-keys]), [role=alertdialog], [role=menu]";
const PRESSABLE = "button, a, input, [role=radio], [role=tab]";
/** What is pressed, or moved in, by these keys itself. */
const TAKES = /^( |Enter|Arrow.*|Home|End)$/;

/** The keys of the Data page work wherever the focus is, except where one types or chooses. */
export function useKeys(run: (command: Command) => void, isListening: boolean): void {
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (!isListening || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(TYPING) || (target?.closest(PRESSABLE) && TAKES.test(event.key))) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    run(command);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
