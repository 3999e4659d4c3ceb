import type { Action } from "../parts/actions";
import type { Mark } from "./marks";

/** A label that is suggested for an image. */
export interface Suggestion {
  readonly label: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** So likely right that the image may count as labeled, until somebody says otherwise. */
  readonly sure: boolean;
  /** At least as likely right as wrong, by what the trainings measured. */
  readonly likely: boolean;
}

/** What is suggested for an image, the likeliest label first. */
export type Suggested = readonly Suggestion[];

/** What the actions of a task type's own do to the labeling page. */
export interface TaskAt {
  dispatch: (change: { type: "turn" | "none" }) => void;
}

export interface TaskWords {
  name: string;
  /** What each image gets, in a sentence. */
  line: string;
  /** What who labels is told of suggestions, and of Enter in the search of labels. */
  aboutSuggestions: string;
  searchHint: string;
  /** How the common actions of the labeling page are called here, by their names, where not as elsewhere. */
  actions: Readonly<Record<string, { text?: string; help?: string }>>;
}

/** What people say of a project's images. The labeling page asks its project's task type whatever is not the same for all of
 *  them, and knows none by its name. */
export interface TaskType {
  readonly words: TaskWords;
  /** What can be done beside what every project's page can do. */
  readonly own: Readonly<Partial<Record<"turn" | "none", Action<TaskAt>>>>;
  /** Whether an image has one label, so that it is done with once it was given that: it is then no longer selected, and the
   *  focus goes on. */
  readonly isOneLabel: boolean;
  /** What these images are once this label was pressed for all of them; undefined = nothing. rivals: labels that an image
   *  cannot have beside it. */
  pressed: (marks: readonly (Mark | undefined)[], label: number, rivals: readonly number[]) => readonly (Mark | undefined)[];
  /** What an image shows of what is suggested for it. */
  shown: (suggested: Suggested) => Suggested;
  /** What an image is taken for until somebody decides otherwise; undefined = nothing is so sure. */
  foreseen: (suggested: Suggested) => Mark | undefined;
  /** What accepting makes of an image; undefined = there is nothing to accept. isRest: also what is more likely wrong. */
  accepted: (suggested: Suggested, isRest: boolean) => Mark | undefined;
  /** The label that one press gives an image in place of what it is taken for; undefined = none. */
  turned: (mark: Mark | undefined, suggested: Suggested) => number | undefined;
}
