import { percent, plural, soon, stay } from "./words";

export const labeling = {
  title: "Data labeling",
  intro: "The projects whose images you can label.",
  label: "Label",
  labelProject: (name: string) => `Label ${name}`,
  none: "No projects for you yet",
  noneForAdministrator: "Create a project first, on the Projects page.",
  askWhom: (name: string) =>
    `You are signed in as ${name}, but are not a member of any project. Ask the administrator of your labeling project to invite you by this sign-in name.`,
  onlyLabeler: "No projects to manage",
  onlyLabelerWords: (name: string) =>
    `You are signed in as ${name}, and are a labeler in your projects. You find them on the Data labeling page.`,
  open: "Open Data labeling",
  instructions: "Instructions",
  instructionsChanged: "changed",
  howRight: "How right?",
  own: (today: number, perHour: number) =>
    `You: ${today.toLocaleString("en")} today, ${perHour.toLocaleString("en")} an hour`,
  pastTitle: (back: number) => (back === 1 ? "The last page you submitted" : `${back} pages back`),
  correctPast: "Correct the last page",
  noneBefore: "You have not submitted a page since you opened this page.",
  firstOfSitting: "This is the first page that you submitted since you opened this page.",
  notSaved: "Your changes to that page are not saved. They are there when you go back to it.",
  changed: (count: number) => `${plural(count, "image is", "images are")} changed.`,
  images: "Images",
  panel: "Labeling",
  layout: "Images per page",
  layoutOf: (count: number) => `${plural(count, "image")} per page`,
  layoutFromNext: (count: number) => `This page keeps its labels. The next one has ${plural(count, "image")}.`,
  labels: "Labels",
  used: (count: number) => `${count} on this page`,
  search: "Search",
  searchTitle: "Search labels",
  searchLabel: "Label",
  searchLabels: (count: number) => `Search ${count} labels`,
  noSuchLabel: "No matching labels.",
  tile: (n: number, name: string, label: string) => `Image ${n}: ${name}, ${label}`,
  noLabel: "no label",
  suggested: (labels: readonly (readonly [name: string, confidence: number])[], sure: boolean) => {
    const said = labels.map(([name, confidence]) => `${name}, ${percent(confidence)} percent sure`).join("; ");
    return sure ? `Suggested: ${said || "none of these"}` : `no label, perhaps ${said}`;
  },
  unsure: "?",
  more: (count: number) => `+${count}`,
  confidence: (confidence: number) => ` ${percent(confidence)}%`,
  accept: (count: number, all: number) => `Accept ${plural(count, count < all ? "likely suggestion" : "suggestion")}`,
  acceptUnlikely: (count: number) => `Accept ${plural(count, "unlikely suggestion")}`,
  acceptOne: "Accept",
  turnsTo: (label: string) => `Click for ${label}`,
  lately: (right: number, suggested: number) =>
    `Recent suggestions: ${percent(right / suggested)}% right (${right.toLocaleString("en")} of ${suggested.toLocaleString("en")})`,
  broken: "Could not be loaded",
  someBroken: (count: number) =>
    `${plural(count, "image")} could not be loaded. If loading again does not help, reload the page: addresses of images expire after some time. Your labels are kept.`,
  loadAgain: "Load again",
  skipped: (reason: string) => (reason ? `Skipped: ${reason}` : "Skipped"),
  noneOfThese: "None of these",
  rejected: (labels: string, reason: string) =>
    ["Rejected", labels && `was ${labels}`, reason].filter(Boolean).join(" · "),
  rejectedInFull: (said: string, labels: number, reason: string) =>
    `A reviewer rejected ${labels > 1 ? `the labels ${said}` : labels === 1 ? `the label ${said}` : said ? `“${said}”` : "this image"}${reason ? `: ${reason}` : ", without giving a reason."}`,
  selectAll: "Select all",
  selectUnlabeled: "Select rest",
  restKeys: "Shift and a label's key labels them all",
  tools: "Tools",
  labelsTitle: "What the labels mean",
  enlarge: "Large view",
  back: "Earlier page",
  skip: "Skip",
  skipTitle: (count: number) => `Skip ${plural(count, "image")}`,
  skipReason: "Reason",
  skipHint: "Optional. The reviewers see it.",
  skipHintRecent: "Optional. The reviewers see it. The arrows bring back your last reasons.",
  skipRecent: "Your last reasons",
  clear: "Clear label",
  undo: "Undo",
  redo: "Redo",
  selected: (count: number) => `${count} selected`,
  left: (count: number, short: string | null) => [`${count} left to label`, short].filter(Boolean).join(" · "),
  /** Why a page has fewer images than asked for. */
  short: {
    divided: "the rest is split evenly over two pages",
    rejected: "rejected images come first",
    rest: "the last images of their batch",
  },
  allLabeled: (suggested: number) => (suggested === 0 ? "All labeled" : `All labeled, ${suggested} as suggested`),
  submit: "Submit",
  saveChanges: "Save changes",
  toCurrentPage: "Back to the current page",
  sendingFirst: "Sending your labels",
  busy: "The service is busy. Your images come in a moment.",
  opening: "Getting images",
  home: "Back to all projects",
  pausedTitle: "This project is paused",
  paused: "Its administrator paused the project. This page continues when it is resumed.",
  troubleTitle: "No images at the moment",
  silentTitle: "The service does not answer",
  offlineTitle: "You are offline",
  silent: "New images come as soon as it answers.",
  offline: "New images come as soon as you are connected again.",
  othersTitle: "Nothing left to label right now",
  others: (count: number) => `${plural(count, "image is", "images are")} with other labelers`,
  nextFree: (ms: number) => `the next may come free ${soon(ms)}`,
  goesOn: "This page continues by itself.",
  goneTitle: "You can no longer label here",
  gone: "You were removed from this project, or it was deleted. Pages that you submitted before that are saved.",
  awayTitle: "Welcome back",
  away: "You were away for a while, so your images went to others. Move the pointer or press a key to get new ones.",
  preparingTitle: "The images are being prepared",
  preparing: (count: number) =>
    `${plural(count, "image")} to go. This page starts by itself as soon as the first are ready.`,
  emptyTitle: "There are no images yet",
  empty: "No images were found in this project's folder yet.",
  noneUsable: (count: number) =>
    `The folder has ${plural(count, "image")}, but none can be labeled: they are missing or cannot be read.`,
  doneTitle: "All done. Thank you!",
  done: (labeled: number, skipped: number, disputed: number) =>
    skipped + disputed === 0
      ? `Everything is labeled: ${plural(labeled, "image")}.`
      : `Everything is done: ${[
          `${labeled.toLocaleString("en")} labeled`,
          skipped > 0 && `${skipped.toLocaleString("en")} skipped`,
          disputed > 0 && `on ${plural(disputed, "image")} people disagree, and a reviewer decides`,
        ]
          .filter(Boolean)
          .join(", ")}.`,
  awaitingTitle: "Nothing left for you right now",
  awaiting: (count: number) =>
    `You have labeled all that you can. Other people have yet to look at ${plural(count, "image")} that you have labeled.`,
};

export const instructions = {
  intro: "Read the instructions, then start labeling.",
  title: "Instructions",
  none: "This project has no written instructions.",
  more: "Read the detailed instructions",
  labels: (count: number) => plural(count, "label"),
  allLabels: "Labels",
  searchLabels: "Search labels",
  found: (count: number, all: number) => (count === 0 ? "No matching labels" : `${count} of ${plural(all, "label")}`),
  key: (key: string) => `Key ${key}`,
  tasks: "Start labeling",
};

export const outbox = {
  sending: (count: number) => `Sending ${plural(count, "page")} in the background`,
  busy: "The service is busy. Your labels will be sent in a moment.",
  kept: (count: number) =>
    `${plural(count, "page is", "pages are")} kept in this browser and sent as soon as the service answers.`,
  inThisTab: (count: number) =>
    `${plural(count, "page")} could not be kept in this browser. Leave this tab open: it sends them as soon as the service answers.`,
  keptForSignIn: "What was submitted and not sent yet is kept in this browser, and is sent once you have signed in.",
  stale: (project: string, count: number) =>
    `${project}: others labeled ${plural(count, "image")} of your page first. The rest is saved.`,
  over: (project: string) =>
    `${project}: others labeled the images of a page or have them now, so its labels could not be saved. Your next page is new.`,
  gone: (project: string) =>
    `${project}: a page could not be saved, because the project was deleted or you were removed from it. If you are invited again, you can send it again.`,
  removed: (project: string) =>
    `${project}: a page could not be saved, because an administrator removed you from the project before you submitted it. If you are invited again, you can send it again.`,
  twice: (project: string, count: number) =>
    `${project}: a page was submitted twice, with different labels for ${plural(count, "image")}. The first ones are saved.`,
  sendAgain: "Send again",
  again: (project: string, count: number, words: string) =>
    count === 0
      ? `${project}: a page could not be saved and comes back to you, with its labels. ${words}`
      : `${project}: a page comes back to you, because ${plural(count, "image has a label", "images have labels")} that the project no longer has. All other labels are kept.`,
  changed: (project: string, count: number) =>
    `${project}: ${plural(count, "image was", "images were")} changed by others meanwhile and ${stay(count)}.`,
  refused: (project: string, words: string) => `${project}: a page could not be saved. ${words}`,
  understood: "OK",
};

export const keys = {
  title: "Keys",
  inLargeView: "In the large view",
  /** Of keys that write no sign. */
  names: { " ": "Space", Escape: "Esc", ArrowLeft: "←", ArrowRight: "→" } as { Escape: string; [key: string]: string },
  labelKeys: "1 – 9, letters",
  label: "Each label's key stands on its button: label the selected images, or else the focused one, and go to the next unlabeled one",
  labelRestKeys: "Shift + a label's key",
  labelRest: "Label all unlabeled images; “Select rest” in the toolbar selects them",
  search: "Search labels; Enter labels as a label's key does. On keyboards that write / with Shift + 7, that searches, too",
  moveKeys: "Arrows, Home, End",
  move: "Move the focus",
  toggleKeys: "Space, click",
  toggle: "Select or unselect an image",
  extendKeys: "Shift + arrows, Shift + click, dragging",
  extend: "Select several",
  selectNone: "Select none",
  accept:
    "Accept the suggestions that are at least as likely right as wrong; press it again to accept the rest. In the large view, accept that of the image",
  clear: "Clear label, or remove a suggestion",
  skip: "Skip, with a reason if you like",
  enlargeKeys: "Z, double click",
  enlarge: "Large view: open and close it",
  submit: "Go to the next unlabeled image, or submit the page when all are labeled",
  back: "Earlier page: go back and correct it",
  examples: "Show what the labels mean, with examples",
  instructions: "Read the instructions",
  showKeys: "Show this list",
};

export const largeView = {
  title: (place: number, count: number) => `Large view, image ${place} of ${count}`,
  place: (place: number, count: number) => `${place} of ${count}`,
  picture: (name: string) => `${name}, the arrows go to the next and the previous image, or move what is zoomed`,
  previous: "Previous image",
  previousHelp: "Previous image; when zoomed in, the arrows move the image",
  next: "Next image",
  first: "First image",
  last: "Last image",
  zoomIn: "Zoom in",
  zoomInKeys: "+, wheel",
  zoomOut: "Zoom out",
  zoomOutKeys: "–, wheel",
  showAll: "Show all",
  close: "Close large view",
  closeKeys: "Esc, Z",
  broken:
    "The image could not be loaded. If loading again does not help, reload the page: addresses of images expire after some time.",
  loadAgain: "Load again",
  noDetail: "Only the preview can be shown: the image's own pixels could not be loaded.",
};
