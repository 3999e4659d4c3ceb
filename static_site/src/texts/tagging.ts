import { percent, plural, soon } from "./words";

export const labeling = {
  title: "Data labeling",
  intro: "The projects whose images you may label.",
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
};

export const instructions = {
  intro: "Read the instructions, then start with the tasks.",
  title: "Instructions",
  none: "There are no written instructions for this project.",
  more: "Read the detailed instructions",
  labels: (count: number) => plural(count, "label"),
  allLabels: "Labels",
  searchLabels: "Search labels",
  found: (count: number, all: number) => (count === 0 ? "No matching labels" : `${count} of ${plural(all, "label")}`),
  key: (key: string) => `Key ${key}`,
  tasks: "Tasks",
};

export const outbox = {
  sending: (count: number) => `Sending ${plural(count, "page")} in the background`,
  busy: "The service is busy; your tags are sent in a moment.",
  kept: (count: number) =>
    `${plural(count, "page is", "pages are")} kept in this browser and sent as soon as the service answers.`,
  inThisTab: (count: number) =>
    `${plural(count, "page")} could not be kept in this browser. Leave this tab open: it sends them as soon as the service answers.`,
  keptForSignIn: "What was submitted and not sent yet is kept in this browser, and is sent once you have signed in.",
  stale: (project: string, count: number) =>
    `${project}: ${plural(count, "image was", "images were")} labeled by others meanwhile. The rest of your page is saved.`,
  over: (project: string) =>
    `${project}: the images of a page were labeled by others or are with them now, so its tags could not be saved. Your next page is fresh.`,
  gone: (project: string) =>
    `${project}: a page could not be saved, because the project was deleted or you were removed from it. If you are invited again, you can send it again.`,
  removed: (project: string) =>
    `${project}: a page could not be saved, because an administrator removed you from the project before you submitted it. If you are invited again, you can send it again.`,
  twice: (project: string, count: number) =>
    `${project}: a page was submitted twice, and ${plural(count, "image", "images")} had another tag the first time. The tags of the first time are saved.`,
  sendAgain: "Send again",
  again: (project: string, count: number, words: string) =>
    count === 0
      ? `${project}: a page could not be saved and comes back to you, with its tags. ${words}`
      : `${project}: a page comes back to you, because ${plural(count, "image of it has a label", "images of it have labels")} that the project has no longer. All other tags are kept.`,
  changed: (project: string, count: number) =>
    `${project}: ${plural(count, "image was", "images were")} changed by others meanwhile and ${count === 1 ? "stays as it is" : "stay as they are"}.`,
  refused: (project: string, words: string) => `${project}: a page could not be saved. ${words}`,
  understood: "OK",
};

export const tagging = {
  instructions: "Instructions",
  instructionsHint: "What to do (I)",
  instructionsChanged: "changed",
  own: (today: number, perHour: number) =>
    `You: ${today.toLocaleString("en")} today, ${perHour.toLocaleString("en")} an hour`,
  pastTitle: (back: number) => (back === 1 ? "The last page you submitted" : `${back} pages back`),
  correctPast: "Correct the last page",
  noneBefore: "No page has been submitted in this sitting yet.",
  firstOfSitting: "This is the first page of this sitting.",
  notSaved: "Your changes to that page are not saved. They are there when you go back to it.",
  changed: (count: number) => `${plural(count, "image is", "images are")} changed.`,
  images: "Images",
  panel: "Tagging",
  keys: "Keys",
  keysHint: "All keys (?)",
  layout: "Images per page",
  layoutOf: (count: number) => `${plural(count, "image")} per page`,
  layoutFromNext: (count: number) => `This page keeps its tags. The next one has ${plural(count, "image")}.`,
  tags: "Tags",
  used: (count: number) => `${count} on this page`,
  search: "Search",
  searchTitle: "Search tags",
  searchLabel: "Tag",
  searchTags: (count: number) => `Type a part of one of ${count} tags`,
  searchHint: "Enter tags the selected images, or else the focused one. Shift + Enter tags all that have no tag yet.",
  noSuchTag: "No tag has this in its name.",
  tile: (n: number, name: string, tag: string) => `Image ${n}: ${name}, ${tag}`,
  noTag: "no tag",
  suggested: (tag: string, confidence: number, sure: boolean) =>
    sure ? `Suggested: ${tag}, ${percent(confidence)} percent sure` : `no tag, perhaps ${tag}, ${percent(confidence)} percent sure`,
  unsure: "?",
  confidence: (confidence: number) => ` ${percent(confidence)}%`,
  accept: (count: number, rest: number) =>
    rest > 0 ? `Accept ${plural(count, "likely suggestion")}` : `Accept ${plural(count, "suggestion")}`,
  acceptOne: "Accept",
  turnsTo: (label: string) => `Click for ${label}`,
  lately: (right: number, suggested: number) =>
    `Suggestions lately: ${percent(right / suggested)}% right (${right.toLocaleString("en")} of ${suggested.toLocaleString("en")})`,
  aboutSuggestions:
    "Some images come with a suggested tag, in a dashed frame, and how sure it is. Look at each of them: Submit accepts what is not changed. A click on a suggested tag, or the key O, changes it to the next likely one. What has a question mark is not tagged yet; the key Y accepts the likely suggestions of a page, and pressed again the rest.",
  blind: "Every tenth page comes without suggestions, so that we know how right they are.",
  broken: "Could not be loaded",
  someBroken: (count: number) =>
    `${plural(count, "image")} could not be loaded. If loading again does not help, reload the page: addresses of images expire after some time. Your tags are kept.`,
  loadAgain: "Load again",
  skipped: (reason: string) => (reason ? `Skipped: ${reason}` : "Skipped"),
  rejected: (labels: string, reason: string) =>
    ["Rejected", labels && `was ${labels}`, reason].filter(Boolean).join(" · "),
  rejectedInFull: (labels: string, reason: string) =>
    `A reviewer rejected ${labels ? `the label ${labels}` : "this image"}${reason ? `: ${reason}` : ", without giving a reason."}`,
  selectAll: "Select all",
  selectUntagged: "Select rest",
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
  clear: "Clear tag",
  undo: "Undo",
  redo: "Redo",
  selected: (count: number) => `${count} selected`,
  left: (count: number) => `${count} left to tag`,
  allTagged: (suggested: number) => (suggested === 0 ? "All tagged" : `All tagged, ${suggested} as suggested`),
  submit: "Submit",
  saveChanges: "Save changes",
  toCurrentPage: "Back to the current page",
  sendingFirst: "Sending your labels",
  busy: "The service is busy; your images come in a moment.",
  opening: "Getting images",
  home: "Back to all projects",
  pausedTitle: "This project is paused",
  paused: "Its administrator has paused the labeling. This page goes on by itself when the project is resumed.",
  troubleTitle: "No images at the moment",
  silentTitle: "The service does not answer",
  offlineTitle: "You are offline",
  silent: "New images come as soon as it does.",
  offline: "New images come as soon as you are connected again.",
  othersTitle: "Nothing left to label right now",
  others: (count: number) => `${plural(count, "image is", "images are")} with other labelers`,
  nextFree: (ms: number) => `the next may come free ${soon(ms)}`,
  goesOn: "This page goes on by itself.",
  goneTitle: "You can no longer label here",
  gone: "You were removed from this project, or it was deleted. The pages that arrived before that are saved.",
  awayTitle: "Welcome back",
  away: "You were away for a while, so your images went back to the others. Move the pointer or press a key to get new ones.",
  preparingTitle: "The images are being prepared",
  preparing: (count: number) =>
    `${plural(count, "image")} to go. This page starts by itself as soon as the first are ready.`,
  emptyTitle: "There are no images yet",
  empty: "No images were found in this project's folder so far.",
  noneUsable: (count: number) =>
    `The folder has ${plural(count, "image")}, and none that can be labeled: they could not be read, or are missing.`,
  doneTitle: "All done. Thank you!",
  done: (labeled: number, skipped: number) =>
    skipped === 0
      ? `Everything is labeled: ${plural(labeled, "image")}.`
      : `Everything is done: ${labeled.toLocaleString("en")} labeled, ${skipped.toLocaleString("en")} skipped.`,
};

export const keys = {
  title: "Keys",
  list: [
    ["1 – 9, letters", "Each label's key stands on its button: label the selected images, or else the focused one, and go to the next unlabeled one"],
    ["Shift + a label's key", "Label all unlabeled images"],
    ["/", "Search labels; Enter labels as a label's key does. On keyboards that write / with Shift + 7, that searches, too"],
    ["Arrows, Home, End", "Move the focus"],
    ["Space, click", "Select or unselect an image"],
    ["Shift + arrows, Shift + click, dragging", "Select several"],
    ["Ctrl + A, Esc", "Select all, select none"],
    ["Y", "Accept the suggestions that are at least as likely right as wrong; press it again to accept the rest. In the large view, accept that of the image"],
    ["O", "Change a suggested tag to the next likely one, as a click on the tag does"],
    ["X", "Clear the tag, or take a suggestion off"],
    ["S", "Skip, with a reason if you like"],
    ["U, Ctrl + Z", "Undo"],
    ["Ctrl + Y, Ctrl + Shift + Z", "Redo"],
    ["Z, Enter, double click", "Open and close the large view"],
    ["+ – 0, wheel", "In the large view: zoom in, zoom out, show all"],
    ["Ctrl + Enter", "Submit the page when all is tagged"],
    ["B", "Go back to an earlier page to correct it"],
    ["E", "Show what the labels mean, with examples"],
    ["I", "Read the instructions"],
    ["?", "Show this list"],
  ] as [string, string][],
};

export const largeView = {
  title: (place: number, count: number) => `Large view, image ${place} of ${count}`,
  place: (place: number, count: number) => `${place} of ${count}`,
  picture: (name: string) => `${name}, the arrows go to the next and the previous image, or move what is zoomed`,
  previous: "Previous image",
  next: "Next image",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  showAll: "Show all",
  close: "Close large view",
  broken:
    "The image could not be loaded. If loading again does not help, reload the page: addresses of images expire after some time.",
  loadAgain: "Load again",
  noDetail: "Only the preview can be shown: the image's own pixels could not be loaded.",
};
