import { multiClass } from "./multiClass";
import { multiLabel } from "./multiLabel";
import type { TaskType } from "./task";

/** All task types, by their names on the wire. A new one is named here. */
export const TASK_TYPES = { multiClass, multiLabel } satisfies Record<string, TaskType>;

export type TaskTypeName = keyof typeof TASK_TYPES;

/** What new projects begin with. */
export const USUAL: TaskTypeName = "multiClass";

/** The service may know more types than a page that was loaded before it was replaced; such a page has to be loaded again. */
export function taskOf({ taskType }: { taskType: string }): TaskType {
  const types: Readonly<Record<string, TaskType | undefined>> = TASK_TYPES;
  const task = types[taskType];
  if (!task) throw new Error(`There is no task type ${taskType} on this page.`);
  return task;
}
