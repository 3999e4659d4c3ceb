/** What somebody wants to import, and how. */

import type { ImportRequest } from "../api/types";
import type { ChosenColumns } from "./columns";
import { mappingOf, type Decisions } from "./labels";

/** A file that was uploaded, or one in the project's folder, by its path there; or the folders that the images are in. */
export type Source =
  | { kind: "upload"; upload: string; name: string; bytes: number }
  | { kind: "file"; path: string }
  | { kind: "folders" };

/** Which of the folders that an image is in may be its label: from the image upwards, then from the project's folder on. */
export const PARTS = [-2, -3, 1, 2, 3] as const;
export type Part = (typeof PARTS)[number];

export type Use = ImportRequest["as"] & string;
/** What becomes of an image to which lines give different labels, where it can have one. */
export type Duplicates = ImportRequest["duplicates"] & string;

export interface Choices {
  as: Use;
  /** Whether what images have already is replaced. */
  replace: boolean;
  duplicates: Duplicates;
  /** Asked for where folders are the labels. */
  part: Part;
  columns: ChosenColumns;
  decisions: Decisions;
}

/** The path of a file in the folder as the service has it. */
export const tidyPath = (typed: string): string => typed.trim().replace(/^\/+/, "");

export function requestOf(source: Source, choices: Choices, dryRun: boolean): ImportRequest {
  const { as, replace, duplicates, decisions } = choices;
  const how = { as, replace, duplicates, labels: mappingOf(decisions), dryRun };
  if (source.kind === "folders") return { format: "folders", part: choices.part, ...how };
  const file = source.kind === "file" ? { file: source.path } : { upload: source.upload };
  return { format: "auto", ...file, columns: choices.columns, ...how };
}
