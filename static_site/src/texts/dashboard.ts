import { every, percent, plural, timeLeft } from "./words";

export const project = {
  pages: "Pages of the project",
  tabs: { dashboard: "Dashboard", data: "Data", checks: "Checks", details: "Details", import: "Import", export: "Export" },
  from: ({ name, datastore, prefix }: { name: string; datastore: string; prefix: string }) =>
    `Dataset ${name}: ${datastore} / ${prefix || "(the whole container)"}`,
  labelersOnly: "You are a labeler in this project.",
};

export const dashboard = {
  progress: "Progress",
  done: (done: string, all: string, share: string) => `${done} of ${all} images done (${share})`,
  timeLeft,
  perHour: "Labels in the last hour",
  overTime: "Labels over time",
  span: "Span of time",
  spans: { hours: "Last 48 hours", days: "By day" },
  units: { hours: "Hour", days: "Day (UTC)" },
  timeChart: {
    hours: (count: number) => `Bar chart of the last 48 hours: ${plural(count, "label")}`,
    days: (count: number) => `Bar chart by day: ${plural(count, "label")}`,
  },
  noLabels: "No labels in this time.",
  deferred: (count: number) =>
    `${plural(count, "file")} could not be read yet. The service keeps trying; each image says why.`,
  point: (when: string, count: string) => `${when}: ${count}`,
  byLabel: "By label",
  labelChart: (labels: number, images: number) => `Bar chart: ${plural(images, "image")} with ${plural(labels, "label")}`,
  severalLabelsChart: (images: number, labels: number) =>
    `Bar chart: ${plural(images, "labeled image")} with ${plural(labels, "label")} in all`,
  noneLabeled: "No image has a label yet.",
  otherLabels: (count: number) => `${plural(count, "other label")}`,
  images: "Images",
  share: "Share",
  asTable: "Table",
  asTableOf: (title: string) => `Show as table: ${title}`,
  reviewed: "Reviewed",
  awaitingOpinions: "More opinions needed",
  ofWaiting: "of the waiting",
  ofLabeled: (share: string) => `${share} of labeled`,
  allExports: "All exports",
};

export const refreshes = {
  title: "Refreshes",
  now: "Refresh now",
  on: (minutes: number) => `Incremental refresh is on: the service checks the folder ${every(minutes)}.`,
  off: "Incremental refresh is off: the folder is checked only when you refresh.",
  paused: "The project is paused, so the folder is checked only when you refresh.",
  none: "No refresh yet.",
  started: "Started",
  took: "Took",
  found: "Found",
  added: "Added",
  changed: "Changed",
  missing: "Missing",
  back: "Restored",
  passedOver: "Ignored",
};

/** What needs attention: what it is, and what can be done about it. */
export const attention = {
  title: "Needs attention",
  nobodyInvited: { words: "Nobody is invited to this project yet.", action: "Invite people" },
  folder: { words: "The folder of this project could not be read.", action: "Check its datastore" },
  disputed: (count: number) => ({
    words: `People disagree on ${plural(count, "image")}.`,
    action: "Decide",
  }),
  unreadable: (count: number) => ({
    words: `${plural(count, "image")} could not be read.`,
    action: count === 1 ? "See why" : "See why, image by image",
  }),
  returned: (count: number) => ({
    words: `${plural(count, "rejected image is", "rejected images are")} waiting to be labeled again.`,
    action: count === 1 ? "See it" : "See them",
  }),
  mistakes: (name: string, count: number) => ({
    words: `${plural(count, "possible mistake")} by ${name}.`,
    action: "Check",
  }),
  quicker: (name: string, own: number, usual: number) => ({
    words: `${name} labels ${own.toLocaleString("en")} images an hour, others ${usual.toLocaleString("en")}.`,
    action: "Check their labels",
  }),
  rejected: (name: string, own: number, usual: number) => ({
    words: `${percent(own)}% of the labels of ${name} were rejected, and ${percent(usual)}% of those of others.`,
    action: "Check their labels",
  }),
  few: (labels: string) => ({ words: `Labels with few images: ${labels}.`, action: "Find more among unlabeled images" }),
  unused: (labels: string) => ({ words: `No image has the label ${labels}.`, action: "Edit labels" }),
  labelWith: (name: string, count: number) => `${name} (${count})`,
  more: (count: number) => `${count} more`,
};

export const nextSteps = {
  title: "Next steps",
  invite: "Invite the people who label or review.",
  inviteButton: "Invite people",
  share: "Send them the link to the project. The service sends no mail.",
  link: "Link for labelers",
  label: "Label images yourself, to see whether the labels and instructions fit.",
  labelButton: "Start labeling",
};
