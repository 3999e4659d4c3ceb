import { percent, plural, range, sentences } from "./words";

/** 3 points; 1.4 points where rounding would say too little. */
const points = (margin: number): string => {
  const rounded = margin < 1.95 ? Math.round(10 * margin) / 10 : Math.round(margin);
  return plural(rounded, "point");
};

const between = ([low = 0, high = 1]: readonly number[]): string =>
  `between ${Math.round(100 * low)}% and ${Math.round(100 * high)}%`;

const NAMES = { right: "Right", wrong: "Wrong", unclear: "Unclear" };

export const checks = {
  title: "Checks",
  newTitle: "How right are the labels?",
  newWords:
    "A check draws labeled images at random. You judge each by one key: right, wrong, or unclear. The result is the share of right labels, and how exact that is. Wrong labels are corrected as you go.",
  which: "Of which labels",
  scopes: { all: "All labels", label: "Images with one label", labeler: "Labels by one person" },
  chooseLabel: "Label",
  chooseLabeler: "Person",
  countOf: (name: string, count: number) => `${name} (${count.toLocaleString("en")})`,
  howMany: "How many images",
  size: (size: number, isAll: boolean) => (isAll ? `All ${plural(size, "image")}` : plural(size, "image")),
  means: (margin: number) => `within about ${points(margin)} at 95% right`,
  meansAll: "every label is looked at",
  takes: (minutes: number) => `about ${minutes} min of judging`,
  meaning: (size: number, interval: readonly number[]) =>
    `If 95% of ${plural(size, "image")} turn out right, then with 95% certainty ${between(interval)} of all labels are.`,
  start: "Start judging",
  nothing: "Nothing is labeled yet. Checks can be made as soon as there are labels.",
  nothingHere: "No image is labeled so.",
  list: "Checks of this project",
  noChecks: "No checks yet.",
  scope: ({ label, labeler }: { label: string | null; labeler: string | null }) =>
    label !== null ? `Label ${label}` : labeler !== null ? `Labels by ${labeler}` : "All labels",
  name: (scope: string, when: string) => `${scope}, ${when}`,
  drawn: (size: number, by: string) => (by ? `${plural(size, "image")}, drawn by ${by}` : plural(size, "image")),
  judged: (judged: number, size: number) =>
    judged < size
      ? `${judged.toLocaleString("en")} of ${plural(size, "image")} judged`
      : `${plural(size, "image")} judged`,
  statuses: { open: "Open", done: "Done" },
  goOn: "Go on judging",
  goOnWith: (name: string) => `Go on judging: ${name}`,
  result: "Result",
  resultOf: (name: string) => `Result: ${name}`,
  remove: (name: string) => `Delete: ${name}`,
  deleteTitle: "Delete this check?",
  deleteWords: "Its verdicts and its result are deleted. The labels stay, with what was corrected.",
  back: "All checks",
  change: "Change verdicts",
  gone: "There is no such check. It may have been deleted.",

  share: (share: number, interval: readonly number[]) => `${percent(share)}% right, ${range(interval)}`,
  interval: range,
  percent: (share: number) => `${percent(share)}%`,
  margin: (margin: number) => `± ${points(margin)}`,
  noShare: "Nothing is judged yet",
  onlyUnclear: "All that was judged is unclear",
  inWords: (right: number, decided: number, interval: readonly number[]) =>
    `${right.toLocaleString("en")} of ${plural(decided, "judged label")} ${right === 1 ? "is" : "are"} right. With 95% certainty, ${between(interval)} of all labels that these were drawn from are.`,
  withoutUnclear: (count: number) =>
    `${plural(count, "image was", "images were")} unclear and ${count === 1 ? "does" : "do"} not count.`,
  soFar: "This is what the images judged so far say. The check is not finished.",
  figures: { ...NAMES, left: "To judge" },
  byLabel: "By label",
  byLabeler: "By person",
  of: (right: number, decided: number) => `${right.toLocaleString("en")} of ${decided.toLocaleString("en")}`,
  columns: { right: "Right", share: "Share", interval: "95% interval", margin: "Margin" },
  tooFew: (few: number) => `Gray: fewer than ${few} judged images, too few to say much.`,

  judgeTitle: (scope: string) => `Check: ${scope}`,
  progress: "Progress of the check",
  place: (judged: number, size: number) => `${judged.toLocaleString("en")} of ${size.toLocaleString("en")} judged`,
  at: (place: number, size: number, name: string, said: string) =>
    `Image ${place.toLocaleString("en")} of ${size.toLocaleString("en")}: ${name}. ${said}`,
  picture: (name: string) => `${name}, the arrows move what is enlarged`,
  labeled: (labels: string) => `Labeled ${labels}`,
  changedTo: (labels: string) => `Right labels: ${labels}`,
  ask: "Is this label right?",
  askSeveral: "Are these labels right, and are there no others?",
  askNone: "Is it right that it has none of the labels?",
  askChanged: "Are these the right labels?",
  panel: "Judge",
  rightLabel: "Wrong? The right label",
  rightLabels: "Wrong? Change the labels",
  right: "Right",
  rightHelp: "The label is right",
  rightHelpSeveral: "The labels are right, as they are shown: changed ones, too",
  theseAreRight: "These are right",
  wrong: "Wrong",
  wrongHelp: "The label is wrong, and the right one is not known",
  unclear: "Unclear",
  unclearHelp: "It cannot be told from the image",
  label: "The label is wrong; this is the right one",
  labelSeveral: "Turn a label on or off",
  labelKeys: "The keys on the labels",
  none: "The image has none of these labels",
  reset: "Labels as they were",
  search: "Search labels",
  searchHint: "Enter says that the marked label is the right one.",
  searchHintSeveral: "Enter turns the marked label on or off.",
  undo: "Take back",
  undoHelp: "Take back the last verdict, one after the other",
  pan: "Move what is enlarged",
  panKeys: "Arrows",
  leave: "Leave",
  leaveHelp: "Leave; you can go on later",
  leaveHelpSeveral: "Labels as they were; or leave, and go on later",
  last: (verdict: keyof typeof NAMES) => `Last: ${NAMES[verdict].toLowerCase()}`,
  nothingToUndo: "There is no verdict to take back.",
  sending: (count: number) => `${plural(count, "verdict")} yet to be saved.`,
  waiting: {
    busy: "The service is busy. Your verdicts are kept, and saved in a moment.",
    silent: "No answer from the service. Your verdicts are kept in this browser, and saved as soon as it answers.",
  },
  notKept: "This browser keeps nothing: leave this page open until your verdicts are saved.",
  showResult: "Show the result",
  stale: (judged: number, takenBack: number) =>
    sentences(
      judged > 0 &&
        `${plural(judged, "image was", "images were")} labeled again meanwhile: your ${judged === 1 ? "verdict does" : "verdicts do"} not count, and ${judged === 1 ? "another image takes its place" : "other images take their places"}.`,
      takenBack > 0 &&
        `${plural(takenBack, "verdict")} could not be taken back, because the ${takenBack === 1 ? "image was" : "images were"} changed since.`,
    ),
  replaced: (count: number) =>
    `${plural(count, "image was", "images were")} labeled again since the check was drawn. Others were drawn in ${count === 1 ? "its place" : "their places"}.`,
  refused: (count: number, problem: string) => `${plural(count, "verdict")} could not be saved: ${problem}`,
  done: "All images are judged.",
  noImages: "There are no images left to judge in this check.",
  labelersOnly: "Checks are for reviewers.",

  dashboardNone: "How many labels are right? A check of 100 random images tells, in some minutes.",
  allChecks: "All checks",
};
