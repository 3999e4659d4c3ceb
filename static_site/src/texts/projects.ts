import { plural, range } from "./words";

export const projects = {
  title: "Projects",
  search: "Search projects",
  state: "Status",
  anyState: "Any status",
  inTrouble: "Has problems",
  found: (count: number, all: number) => `${count} of ${plural(all, "project")}`,
  noneFound: "No matching projects",
  noneFoundWords: "Try another name, or choose any status.",
  showAll: "Show all projects",
  intro: "Each project has its own images, labels and members.",
  add: "New project",
  none: "No projects yet",
  noneWords: "Try the service with sixty small pictures of cats and dogs, or start with your own images.",
  summary: (taskType: string, labels: number) => `${taskType}, ${plural(labels, "label")}`,
  checked: (interval: readonly number[]) => `Checked: ${range(interval)} right`,
  checkedWhen: (judged: number, when: string) => `The newest check: ${plural(judged, "image")} judged, done ${when}`,
  made: (when: string) => `Created ${when}`,
};

export const restore = {
  open: "Restore a backup",
  title: "Restore a backup",
  folder: "Folder of the backup",
  folderHint: "In the container backups: <project id>/<backup id>",
  preview: "Preview",
  restore: "Restore",
  summary: (name: string, images: number, labels: string, when: string) =>
    `${name}, backed up ${when}: ${plural(images, "image")}, labels ${labels}.`,
  notMadeHere:
    "This service did not make this backup, or somebody changed it. Check its members and folder before you restore it.",
  maybeNotMadeHere:
    "This backup is older than the service's records of backups, so the service cannot tell whether somebody changed it. Check its members and folder before you restore it.",
  isThere: (differences: number) =>
    differences === 0
      ? "The project still exists, and nothing shown here differs. Delete it before you restore this backup."
      : "The project still exists. Delete it before you restore this backup. What differs:",
  what: {
    name: "Name",
    folder: "Folder",
    labels: "Labels",
    mergedLabels: "Merged labels",
    instructions: "Instructions",
    images: "Images",
    members: "Members who are not in the backup",
  },
  differs: (what: string, backup: string, now: string) =>
    backup === "" ? `${what}: ${now}` : `${what}: ${backup} in the backup, ${now || "none"} now`,
  noDatastore: (name: string, was: string) =>
    `The images were in ${was}. Create a datastore named ${name} for them first.`,
  address: (here: string) => `Read the images from ${here}`,
  addressWords: (was: string) =>
    `In the backup, the images were in ${was}. Everybody in the project will see the images in the folder below. Accept it only if it belongs to the project.`,
  people: "Members of the backup to let in",
  nobody: "The backup has no members.",
  person: (name: string, role: string, knownAs: string | null, removed: boolean) =>
    [`${name}, ${role}`, knownAs && `signs in here as ${knownAs}`, removed && "not a member now"]
      .filter(Boolean)
      .join("; "),
  begun: (name: string) => `${name} is being restored.`,
};

export const demo = {
  button: "Create the demo project",
  instructions: "Labeling tutorial - Cats & Dogs.",
  progress: (done: number, all: number) =>
    all === 0 ? "Preparing the sample images" : `${done} of ${all} sample images uploaded`,
};
