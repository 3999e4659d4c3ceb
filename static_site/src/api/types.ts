import type { components } from "./schema";

type Schemas = components["schemas"];
/** The document calls what has a default optional; in an answer it is there. */
type Answered<T> = Required<T>;

export type Me = Schemas["Me"];
export type Project = Schemas["ProjectAnswer"];
export type Label = Schemas["LabelAnswer"];
/** As much of a label as most need. */
export type NamedLabel = Pick<Label, "id" | "name">;
export type NewProject = Schemas["ProjectRequest"];
export type ProjectChange = Schemas["ProjectPatch"];
export type LabelerFigures = Schemas["LabelerCount"];
/** askedAt: when it was asked for, in this machine's milliseconds. */
export type Progress = Schemas["ProgressAnswer"] & { askedAt: number };
export type Activity = Schemas["ActivityAnswer"];
export type Agreement = Schemas["AgreementAnswer"];
/** So many of so many. */
export type Counted = Schemas["CountedAnswer"];
/** What a labeler does, and how right it is. */
export type Labeler = Schemas["LabelerAnswer"];
export type Sample = Schemas["SampleAnswer"];
export type SampleImage = Schemas["SampledImage"];
export type Lease = Schemas["LeaseAnswer"];
export type NoLease = Answered<Schemas["NothingLeftAnswer"]>;
export type LeasedImage = Schemas["LeasedImage"];
export type Suggestion = Schemas["SuggestionAnswer"];
export type Assist = Schemas["AssistAnswer"];
export type Training = Schemas["TrainingAnswer"];
export type ImageRow = Schemas["ImageAnswer"];
export type Opinion = Schemas["OpinionAnswer"];
export type ImageState = ImageRow["state"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type Export = Schemas["ExportAnswer"];
export type ExportFormat = Export["format"];
export type ExportRequest = Schemas["ExportRequest"];
export type ExportState = Export["options"]["states"][number];
export type ExportFile = Schemas["ExportFileAnswer"];
export type Import = Schemas["ImportAnswer"];
export type LabelFilePreview = Schemas["LabelFilePreview"];
export type ImportRequest = Schemas["ImportRequest"];
export type Refresh = Schemas["RefreshAnswer"];
export type Member = Schemas["MemberAnswer"];
export type MemberRole = Member["role"];
export type AccessToken = Schemas["TokenAnswer"];
export type Person = Schemas["PersonAnswer"];
export type AnyToken = Schemas["AnyTokenAnswer"];
export type AuditEntry = Schemas["AuditAnswer"];
export type RestorePreview = Schemas["PreviewAnswer"];
export type Datastore = Schemas["DatastoreAnswer"];
export type DatastoreAuth = Schemas["NewDatastore"]["auth"];
export type SourceDataset = Answered<Schemas["SourceDataset"]>;
export type ExportDataset = Answered<Schemas["ExportDataset"]>;
export type Dataset = SourceDataset | ExportDataset;
/** As answers are typed where they arrive. */
type WithInterval<T> = Omit<T, "interval"> & { interval: readonly number[] | null };
export type CheckedLabel = WithInterval<Schemas["CheckedLabel"]>;
export type CheckedLabeler = WithInterval<Schemas["CheckedLabeler"]>;
/** Of all, of one label or of one labeler. */
export type CheckFigures = Omit<CheckedLabel, "label">;
export type Check = CheckFigures &
  Omit<Schemas["CheckAnswer"], keyof CheckFigures | "byLabel" | "byLabeler"> & {
    byLabel: readonly CheckedLabel[];
    byLabeler: readonly CheckedLabeler[];
  };
export type CheckImage = Schemas["CheckedImage"];
export type Verdict = Schemas["VerdictInput"];
export type VerdictWord = NonNullable<Verdict["verdict"]>;
