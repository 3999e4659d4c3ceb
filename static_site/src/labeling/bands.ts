import type { CSSProperties } from "react";
import type { NamedLabel } from "../api/types";
import { labelBand } from "../parts/colors";
import { isEmpty, labelsOf, type Mark } from "../tasks/marks";
import type { Suggested, TaskType } from "../tasks/task";
import { texts } from "../texts";
import { suggestedLook } from "./suggestedLook";

/** A label that an image has or is suggested to have. confidence: of a suggested one. */
export interface Band {
  label: NamedLabel;
  confidence?: number;
}

/** How an image is labeled, as it is shown. */
export interface Shown {
  bands: readonly Band[];
  /** Whether it is a suggestion, and one by which the image is labeled unless somebody says otherwise. */
  isSuggested: boolean;
  isSure: boolean;
  /** It has, or is suggested to have, none of the labels. */
  isNone: boolean;
  /** The same in words; undefined = it has no label. */
  said: string | undefined;
}

export type Names<L extends NamedLabel = NamedLabel> = ReadonlyMap<number, L>;

export function shownOf(task: TaskType, mark: Mark | undefined, suggested: Suggested | undefined, names: Names): Shown {
  if (suggested) return suggestedOf(task, suggested, names);
  const labels = [...names.values()].filter(({ id }) => labelsOf(mark).includes(id));
  const isNone = isEmpty(mark);
  const named = isNone ? texts.labeling.noneOfThese : labels.map(({ name }) => name).join(", ") || undefined;
  const said = mark?.kind === "skip" ? texts.labeling.skipped(mark.reason) : named;
  return { bands: labels.map((label) => ({ label })), isSuggested: false, isSure: false, isNone, said };
}

/** How the band of a label looks. */
export const lookOf = ({ isSuggested, isSure }: Shown, { label }: Band): CSSProperties =>
  isSuggested ? suggestedLook({ label: label.id, sure: isSure }) : labelBand(label.id);

function suggestedOf(task: TaskType, suggested: Suggested, names: Names): Shown {
  const bands = task.shown(suggested).flatMap(({ label, confidence }) => {
    const named = names.get(label);
    return named ? [{ label: named, confidence }] : [];
  });
  const isSure = task.foreseen(suggested) !== undefined;
  const said = texts.labeling.suggested(
    bands.map(({ label, confidence }) => [label.name, confidence]),
    isSure,
  );
  return { bands, isSuggested: true, isSure, isNone: bands.length === 0, said };
}

/** What was said of an image before it was rejected; nothing where it was skipped. */
export const wasSaid = ({ labels, skipped }: { labels: readonly string[]; skipped: boolean }): string =>
  labels.length > 0 || skipped ? labels.join(", ") : texts.labeling.noneOfThese;
