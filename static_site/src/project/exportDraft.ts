import type { ExportFormat, ExportRequest, ExportState } from "../api/types";
import type { TaskType } from "../tasks/task";
import { formats } from "../texts/exports";

/** Where Azure ML knows a container. */
export interface AzureMl {
  subscription: string;
  resourceGroup: string;
  workspace: string;
  datastore: string;
}

/** What the form for a new export holds. Shares are in percent; texts are as they are typed. */
export interface ExportDraft {
  format: ExportFormat;
  name: string;
  more: ExportState[];
  label: string;
  since: string;
  splits: boolean;
  train: string;
  validation: string;
  test: string;
  seed: string;
  azureMl: AzureMl;
  suggestions: boolean;
  opinions: boolean;
  guardFormulas: boolean;
  wide: boolean;
  withImages: boolean;
  convertImages: boolean;
}

export const EMPTY_DRAFT: ExportDraft = {
  format: "coco",
  name: "",
  more: [],
  label: "",
  since: "",
  splits: false,
  train: "80",
  validation: "10",
  test: "10",
  seed: "0",
  azureMl: { subscription: "", resourceGroup: "", workspace: "", datastore: "" },
  suggestions: false,
  opinions: false,
  guardFormulas: true,
  wide: false,
  withImages: false,
  convertImages: false,
};

const FORMATS = Object.keys(formats) as ExportFormat[];

/** The formats that have a place for whatever the project's images are labeled. */
export const formatsFor = ({ isOneLabel }: Pick<TaskType, "isOneLabel">): ExportFormat[] =>
  FORMATS.filter((format) => isOneLabel || format !== "imagefolder");

/** Formats that have no place for an image without a label. */
export const onlyLabeled = (format: ExportFormat): boolean => format === "imagefolder";

/** Formats that hold what suggestions are learned from, and so have a use for unlabeled images. */
export const holdsFeatures = (format: ExportFormat): boolean => format === "features";

/** Formats with cells that a spreadsheet would run. */
export const hasCells = (format: ExportFormat): boolean => format === "csv" || holdsFeatures(format);

/** An export of this format may hold images of this state besides labeled ones. */
export const takesState = (format: ExportFormat, state: ExportState): boolean =>
  !onlyLabeled(format) && (state !== "waiting" || holdsFeatures(format));

/** Formats that tell suggested labels from those that people set. */
export const takesOpinions = (format: ExportFormat): boolean => takesSuggestions(format) || format === "coco";
export const takesSuggestions = (format: ExportFormat): boolean => format === "azureml" || format === "csv";

/** Formats whose files hold the images where that is asked for. */
export const mayHoldImages = (format: ExportFormat): boolean => format === "coco";

/** Whether the files hold the images. */
export const holdsImages = ({ format, withImages }: ExportDraft): boolean =>
  mayHoldImages(format) ? withImages : !["csv", "azureml", "features"].includes(format);

export const shareOf = (draft: ExportDraft): number =>
  Number(draft.train) + Number(draft.validation) + Number(draft.test);

const ADDRESS =
  /^azureml:\/*subscriptions\/([^/]+)\/resourcegroups\/([^/]+)\/(?:providers\/[^/]+\/)?workspaces\/([^/]+)\/datastores\/([^/]+)(?:\/.*)?$/i;

/** The parts of a datastore's address; undefined for a text that is none. */
export function readAddress(text: string): AzureMl | undefined {
  const [, subscription, resourceGroup, workspace, datastore] = ADDRESS.exec(text.trim()) ?? [];
  return subscription && resourceGroup && workspace && datastore
    ? { subscription, resourceGroup, workspace, datastore }
    : undefined;
}

/** All parts are given, or none is. */
export function isWholeOrEmpty(parts: AzureMl): boolean {
  const given = Object.values(parts).filter((part: string) => part.trim() !== "");
  return given.length === 0 || given.length === 4;
}

const isWhole = (text: string): boolean => /^\d+$/.test(text) && Number(text) < 2 ** 31;

const isSplitRight = (draft: ExportDraft): boolean =>
  !draft.splits ||
  ([draft.train, draft.validation, draft.test].every((text) => text !== "" && Number(text) >= 0) &&
    Math.abs(shareOf(draft) - 100) < 1e-6 &&
    isWhole(draft.seed));

export const isComplete = (draft: ExportDraft): boolean =>
  isSplitRight(draft) && (draft.format !== "azureml" || isWholeOrEmpty(draft.azureMl));

function azureMlOf({ format, azureMl }: ExportDraft): Pick<ExportRequest, "datastoreName" | "workspace"> {
  if (format !== "azureml" || !azureMl.datastore.trim()) return { datastoreName: null, workspace: null };
  return {
    datastoreName: azureMl.datastore.trim(),
    workspace: {
      subscription: azureMl.subscription.trim(),
      resourceGroup: azureMl.resourceGroup.trim(),
      name: azureMl.workspace.trim(),
    },
  };
}

export function requestOf(draft: ExportDraft): ExportRequest {
  const rounded = (percent: string): number => Number(percent) / 100;
  return {
    format: draft.format,
    name: draft.name.trim() || null,
    states: ["labeled", ...draft.more.filter((state) => takesState(draft.format, state))],
    labels: draft.label ? [draft.label] : null,
    since: draft.since ? new Date(`${draft.since}T00:00`).toISOString() : null,
    split: draft.splits
      ? {
          train: rounded(draft.train),
          validation: rounded(draft.validation),
          test: rounded(draft.test),
          seed: Number(draft.seed),
        }
      : null,
    ...azureMlOf(draft),
    suggestions: draft.suggestions && takesSuggestions(draft.format),
    opinions: draft.opinions && takesOpinions(draft.format),
    guardFormulas: draft.guardFormulas || !hasCells(draft.format),
    wide: draft.wide && draft.format === "csv" && !draft.opinions,
    withImages: draft.withImages && mayHoldImages(draft.format),
    convertImages: draft.convertImages && holdsImages(draft),
  };
}
