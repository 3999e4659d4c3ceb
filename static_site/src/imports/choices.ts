/** What somebody wants to import, and how. */

import type { ImportRequest } from "../api/types";
import { mappingOf, type Decisions } from "./labels";

/** A file that was uploaded, or one in the project's folder, by its path there. */
export type Source = { kind: "upload"; upload: string; name: string; bytes: number } | { kind: "file"; path: string };

export type Use = ImportRequest["as"] & string;
/** What becomes of an image to which lines give different labels, where it can have one. */
export type Duplicates = ImportRequest["duplicates"] & string;

export interface Choices {
  as: Use;
  /** Whether what images have already is replaced. */
  replace: boolean;
  duplicates: Duplicates;
  decisions: Decisions;
}

/** The path of a file in the folder as the service has it. */
export const tidyPath = (typed: string): string => typed.trim().replace(/^\/+/, "");

export function requestOf(source: Source, { as, replace, duplicates, decisions }: Choices, dryRun: boolean): ImportRequest {
  const from = source.kind === "file" ? { file: source.path } : { upload: source.upload };
  return { format: "auto", ...from, as, replace, duplicates, labels: mappingOf(decisions), dryRun };
}
