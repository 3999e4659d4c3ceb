import type { Label } from "../api/types";
import { neighbor, type Command } from "./keys";
import type { PageState } from "./page";

/** What can be done on the page, by a key or by a button. */
export interface SheetActions {
  move: (to: number, extend: boolean) => void;
  toggle: () => void;
  selectAll: () => void;
  selectUntagged: () => void;
  tag: (labelId: number) => void;
  tagRest: (labelId: number) => void;
  accept: () => void;
  turn: () => void;
  clear: () => void;
  undo: () => void;
  redo: () => void;
  askToSkip: () => void;
  search: () => void;
  enlarge: () => void;
  leave: () => void;
  submit: () => void;
  showKeys: () => void;
  pick: (count: number) => void;
  back?: () => void;
  instructions?: () => void;
  examples: () => void;
}

interface Surroundings {
  page: PageState;
  labels: readonly Label[];
  columns: number;
}

/** Does what a key asks for, as far as there is something to do it to. */
export function run(command: Command, { page, labels, columns }: Surroundings, act: SheetActions): void {
  switch (command.do) {
    case "nothing":
      return;
    case "move": {
      const to = neighbor(page.focus, command.way, columns, page.ids.length);
      if (to !== null) act.move(to, command.extend);
      return;
    }
    case "tag":
    case "tagRest": {
      const label = labels.find(({ key }) => key === command.key);
      if (label) act[command.do](label.id);
      return;
    }
    default:
      act[command.do]?.();
  }
}
