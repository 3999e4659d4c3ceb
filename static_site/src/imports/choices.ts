/** What somebody wants to import, and how. */

import type { Import, ImportRequest } from "../api/types";
import { imports } from "../texts/imports";
import type { ChosenColumns } from "./columns";
import { mappingOf, type Decisions } from "./labels";

/** Files that were uploaded, all of an upload or one of them; or one in the project's folder, by its path there; or the
 *  folders that the images are in. name: of the files, for people. */
export type Source =
  | { kind: "upload"; upload: string; name: string; bytes?: number; file?: string }
  | { kind: "file"; path: string }
  | { kind: "folders" };

/** Which of the folders that an image is in may be its label: from the image upwards, then from the project's folder on. */
export const PARTS = [-2, -3, 1, 2, 3] as const;
export type Part = (typeof PARTS)[number];

/** As which a file can be read. */
export const FORMATS = (Object.keys(imports.formats) as (keyof typeof imports.formats)[]).filter(
  (format) => format !== "auto" && format !== "folders",
);
export type ChosenFormat = "auto" | (typeof FORMATS)[number];

export type Use = ImportRequest["as"] & string;
/** What becomes of an image to which lines give different labels, where it can have one. */
export type Duplicates = ImportRequest["duplicates"] & string;

export interface Choices {
  format: ChosenFormat;
  as: Use;
  /** Whether what images have already is replaced. */
  replace: boolean;
  duplicates: Duplicates;
  /** Asked for where folders are the labels. */
  part: Part;
  columns: ChosenColumns;
  decisions: Decisions;
}

/** A file that somebody has chosen to import, with what was chosen before. at: when that was; what it would have done before
 *  then is no answer. */
export interface Begun {
  source: Source;
  choices: Partial<Choices>;
  /** What people call the import. */
  name?: string | null;
  at: number;
}

/** Where an import has its labels from, to be read once more; null: they were sent with it. */
export function sourceOf({ part, upload, uploadFiles, file }: Import): Source | null {
  if (part !== null) return { kind: "folders" };
  if (file !== null) return { kind: "file", path: file };
  if (upload === null) return null;
  const [only, ...others] = uploadFiles;
  return { kind: "upload", upload, name: imports.together(uploadFiles), ...(only && !others.length && { file: only }) };
}

/** An import that failed, begun again as far as it is known how it was asked for. */
export function begunAgain(one: Import, at: number): Begun | null {
  const source = sourceOf(one);
  const part = PARTS.find((part) => part === one.part);
  const format = FORMATS.find((format) => format === one.format) ?? "auto";
  const { as, replace, duplicates, name } = one;
  const choices: Partial<Choices> = { as, replace, duplicates, format, ...(part !== undefined && { part }) };
  return source && { source, choices, name, at };
}

/** The path of a file in the folder as the service has it. */
export const tidyPath = (typed: string): string => typed.trim().replace(/^\/+/, "");

export function requestOf(source: Source, choices: Choices, dryRun: boolean): ImportRequest {
  const { as, replace, duplicates, decisions } = choices;
  const how = { as, replace, duplicates, labels: mappingOf(decisions), dryRun };
  if (source.kind === "folders") return { format: "folders", part: choices.part, ...how };
  const file =
    source.kind === "file"
      ? { file: source.path }
      : { upload: source.upload, ...(source.file !== undefined && { uploadFile: source.file }) };
  return { format: choices.format, ...file, columns: choices.columns, ...how };
}
