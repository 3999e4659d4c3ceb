import { ago, duration, plural } from "./words";

export const time = { ago, duration };

export const common = {
  loading: "Loading",
  tryAgain: "Try again",
  cancel: "Cancel",
  copied: "Copied.",
  notCopied: "The browser does not let this page copy. Select the text and copy it yourself.",
  copyLink: "Copy link",
  linkCopied: "The link is copied.",
  close: "Close",
  create: "Create",
  save: "Save",
  discard: "Discard changes",
  unsaved: "You have unsaved changes. They stay in this browser until you save or discard them.",
  delete: "Delete",
  loadMore: "Load more",
  showAll: (count: number) => `Show all ${count.toLocaleString("en")}`,
  showFirst: (count: number) => `Show the first ${count} only`,
  showAllOf: (count: number, title: string) => `${title}: show all ${count.toLocaleString("en")}`,
  status: "Status",
  createdAt: "Created",
  actions: "Actions",
  actionsFor: (name: string) => `Actions for ${name}`,
  withKey: (text: string, key: string) => (key ? `${text} (${key})` : text),
  size: (width: number, height: number) => `${width} × ${height} pixels`,
};

export const clashes = {
  words: "Somebody else changed the same thing. Choose which version to keep, then save.",
  version: { mine: "Your version", theirs: "Their version" },
  take: { mine: "Keep yours", theirs: "Use theirs" },
  onOff: (on: boolean) => (on ? "On" : "Off"),
  text: (text: string) => text || "(empty)",
  label: (name: string) => `Label ${name}`,
  order: "Order of the labels",
  removed: "(removed)",
};

export const roles = { labeler: "Labeler", reviewer: "Reviewer", administrator: "Administrator" };

export const projectStatus = { creating: "Creating", created: "Ready", paused: "Paused", failed: "Failed" };

export const states = {
  labeled: "Labeled",
  waiting: "Waiting",
  leased: "Being labeled",
  skipped: "Skipped",
  preparing: "Preparing",
  disputed: "Disputed",
  unreadable: "Unreadable",
  missing: "Missing",
};

export const runs = { queued: "Queued", running: "Running", completed: "Completed", failed: "Failed", waiting: "Waiting" };

export const progress = {
  none: (all: number) => (all === 0 ? "No images yet" : "No image can be labeled"),
  done: ({ labeled, ...others }: Record<"labeled" | "skipped" | "disputed", number>, all: number) =>
    [
      `${labeled.toLocaleString("en")} of ${plural(all, "image")} labeled`,
      ...(["skipped", "disputed"] as const)
        .filter((state) => others[state] > 0)
        .map((state) => `${others[state].toLocaleString("en")} ${state}`),
    ].join(", "),
};

export const ingest = {
  looking: "Checking the folder",
  found: (count: number) => `Found ${plural(count, "image")} so far`,
  prepared: (done: number, all: number) => `Prepared ${done.toLocaleString("en")} of ${plural(all, "image")}`,
  looked: (when: string) => `Folder checked ${when}`,
  neverLooked: "Folder not checked yet",
};

export const trouble = {
  title: { failed: "The images could not be read", created: "The last refresh failed" },
  kept: "All known images and labels are kept.",
  again: {
    byItself: "The service tries again automatically.",
    byHand: "Fix this, then check again.",
    paused: "It does not try again while the project is paused.",
  },
  datastore: (name: string) => `Datastore ${name}`,
  now: "Check again now",
  running: "Checking again",
};

export const passedOver = (counts: readonly [string, number][]) =>
  `Images of these types cannot be shown and are ignored: ${counts.map(([kind, count]) => `${count.toLocaleString("en")} ${kind}`).join(", ")}.`;
