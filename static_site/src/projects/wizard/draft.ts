import type { NewProject } from "../../api/types";
import { isWhole, toAssistChange, USUAL_ASSIST, type AssistSettings } from "../../parts/assist";
import { areWhole, ONE_PERSON, tidyOpinions, toOpinions, type OpinionsSettings } from "../../parts/opinions";
import { exclusiveGroups } from "../../parts/labelGroups";
import { areNames, LABEL_LIMITS, typedLabel, typedMistake, type EditedLabel } from "../../parts/labelRules";
import { isUrl } from "../../parts/url";
import { TASK_TYPES, USUAL, type TaskTypeName } from "../../tasks";
import { texts } from "../../texts";
import { opinionTexts } from "../../texts/opinions";

/** There: as it is called in the file of labels that it comes from; no other label has that. */
export interface DraftLabel extends EditedLabel {
  there?: string;
}

/** What the wizard knows so far, and what is still wrong with it. */
export interface Draft {
  name: string;
  /** Drafts of before have none. */
  taskType?: TaskTypeName;
  dataset: {
    way: "select" | "create";
    selected: string;
    name: string;
    description: string;
    source: "datastore" | "upload";
    datastore: string;
    prefix: string;
    /** Where uploaded files go; empty until some were chosen. */
    uploadPrefix: string;
    uploaded: number;
    /** The folders in which they lie; drafts of before have none. */
    uploadFolders?: string[];
  };
  incrementalRefresh: boolean;
  /** A file whose labels the project starts with. isTaken: it was read, and is filled in. */
  labelFile?: { upload: string; name: string; bytes: number; isTaken: boolean } | undefined;
  labels: DraftLabel[];
  /** The paths of the exclusive groups; drafts of before have none. */
  exclusive?: readonly string[];
  /** One that is typed and not added yet. */
  newLabel: string;
  instructions: { text: string; url: string };
  assist: AssistSettings;
  /** Drafts of before have none. */
  opinions?: OpinionsSettings;
}

export const STEPS = ["details", "dataset", "refresh", "labels", "instructions", "assist", "opinions", "summary"] as const;
export type Step = (typeof STEPS)[number];

export const LIMITS = { name: 100, description: 2_000, url: 2_000 };

export const emptyDraft: Draft = {
  name: "",
  dataset: {
    way: "select",
    selected: "",
    name: "",
    description: "",
    source: "datastore",
    datastore: "",
    prefix: "",
    uploadPrefix: "",
    uploaded: 0,
  },
  incrementalRefresh: false,
  labels: [],
  newLabel: "",
  instructions: { text: "", url: "" },
  assist: USUAL_ASSIST,
};

/** As browsers may have kept it: when labels were in no groups, they were names. */
export const draftFrom = (kept: Omit<Draft, "labels"> & { labels: readonly (DraftLabel | string)[] }): Draft => ({
  ...kept,
  labels: kept.labels.map((label) => (typeof label === "string" ? { name: label } : label)),
});

export const taskTypeOf = ({ taskType }: Draft): TaskTypeName => (taskType && Object.hasOwn(TASK_TYPES, taskType) ? taskType : USUAL);

export const opinionsIn = ({ opinions }: Draft): OpinionsSettings => opinions ?? ONE_PERSON;

export type FieldName = "name" | "selected" | "datasetName" | "datastore" | "upload" | "labels" | "url" | "precision" | "opinions";
export type Mistakes = Partial<Record<FieldName, string>>;

/** Names that are taken, in lower case. */
export interface TakenNames {
  projects: ReadonlySet<string>;
  datasets: ReadonlySet<string>;
}

const isTaken = (name: string, taken: ReadonlySet<string>): boolean => taken.has(name.trim().toLowerCase());

export function mistakesOf(draft: Draft, step: Step, taken: TakenNames): Mistakes {
  switch (step) {
    case "details":
      if (!draft.name.trim()) return { name: texts.wizard.nameMissing };
      return isTaken(draft.name, taken.projects) ? { name: texts.wizard.nameTaken } : {};
    case "dataset":
      return datasetMistakes(draft, taken);
    case "labels":
      return labelsMistake(draft);
    case "instructions":
      return isUrl(draft.instructions.url.trim()) ? {} : { url: texts.wizard.urlWrong };
    case "assist":
      return isWhole(draft.assist) ? {} : { precision: texts.assist.precisionWrong };
    case "opinions":
      // The fields themselves say what is wrong with them.
      return areWhole(opinionsIn(draft)) ? {} : { opinions: opinionTexts.wrong };
    case "refresh":
    case "summary":
      return {};
  }
}

/** Of what is wrong with a step, that names are taken. */
export function takenMistakes(draft: Draft, step: Step, taken: TakenNames): Mistakes {
  const mistakes: Mistakes = {};
  if (step === "details" && isTaken(draft.name, taken.projects)) mistakes.name = texts.wizard.nameTaken;
  const makes = step === "dataset" && draft.dataset.way === "create";
  if (makes && isTaken(draft.dataset.name, taken.datasets)) mistakes.datasetName = texts.wizard.datasetNameTaken;
  return mistakes;
}

function datasetMistakes({ dataset }: Draft, taken: TakenNames): Mistakes {
  if (dataset.way === "select") return dataset.selected ? {} : { selected: texts.wizard.datasetMissing };
  const mistakes: Mistakes = {};
  if (!dataset.name.trim()) mistakes.datasetName = texts.wizard.datasetNameMissing;
  if (isTaken(dataset.name, taken.datasets)) mistakes.datasetName = texts.wizard.datasetNameTaken;
  if (dataset.source === "datastore" && !dataset.datastore) mistakes.datastore = texts.wizard.datastoreMissing;
  if (dataset.source === "upload" && dataset.uploaded === 0) mistakes.upload = texts.wizard.uploadMissing;
  return mistakes;
}

const namesOf = (labels: readonly EditedLabel[]): string[] => labels.map(({ name }) => name);

/** The draft in which a label that was only typed is one of the labels, where it can be one. */
export function withNewLabel(draft: Draft): Draft {
  const typed = typedLabel(draft.newLabel, namesOf(draft.labels));
  return typed.length > 0 ? { ...draft, labels: [...draft.labels, ...typed], newLabel: "" } : draft;
}

function labelsMistake(draft: Draft): Mistakes {
  const { labels, newLabel } = withNewLabel(draft);
  const typed = typedMistake(newLabel, namesOf(labels));
  if (typed) return { labels: typed };
  if (labels.length < LABEL_LIMITS.fewest) return { labels: texts.labels.tooFew };
  return areNames(namesOf(labels)) ? {} : { labels: texts.labels.someWrong };
}

export function toNewProject(draft: Draft): NewProject {
  const { dataset } = draft;
  const { labels } = withNewLabel(draft);
  return {
    name: draft.name.trim(),
    taskType: taskTypeOf(draft),
    dataset:
      dataset.way === "select"
        ? { name: dataset.selected }
        : {
            name: dataset.name.trim(),
            description: dataset.description.trim(),
            datastore: dataset.source === "upload" ? "workspace" : dataset.datastore,
            prefix: dataset.source === "upload" ? dataset.uploadPrefix : dataset.prefix,
          },
    incrementalRefresh: draft.incrementalRefresh,
    labels: labels.map(({ name, group = "" }) => ({ name: name.trim(), group })),
    groups: TASK_TYPES[taskTypeOf(draft)].isOneLabel ? [] : exclusiveGroups(labels, draft.exclusive ?? []),
    instructions: { text: draft.instructions.text, url: draft.instructions.url.trim() },
    ...toAssistChange(draft.assist),
    opinions: toOpinions(tidyOpinions(opinionsIn(draft))),
  };
}

/** The step on which the field that the server complains about is. */
export function stepOfField(field: string): Step | undefined {
  const start = field.split(".")[0] ?? "";
  const steps: Record<string, Step> = {
    name: "details",
    taskType: "details",
    dataset: "dataset",
    labels: "labels",
    groups: "labels",
    instructions: "instructions",
    incrementalRefresh: "refresh",
    mlAssist: "assist",
    suggestionOrder: "assist",
    suggestionPrecision: "assist",
    opinions: "opinions",
  };
  return steps[start];
}
