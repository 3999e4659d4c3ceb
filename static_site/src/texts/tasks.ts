/** What the task types are called, and what differs between them on the labeling page. */
export const tasks = {
  turn: "Change a suggested label to the next likely one, as a click on it does",
  none: "None of these",
  noneHelp: "None of these labels: turn that on or off",
  oneLabel: {
    name: "Image Classification Multi-class",
    line: "Every image gets exactly one label.",
    aboutSuggestions:
      "Some images come with a suggested label, in a dashed frame, and how sure it is. Check each of them: Submit accepts what you do not change. A click on a suggested label, or the key O, changes it to the next likely one. Images with a question mark are not labeled yet: Y accepts the likely suggestions of a page, and pressed again the rest.",
    searchHint: "Enter labels the selected images, or else the focused one. Shift + Enter labels all unlabeled images.",
    actions: {},
  },
  severalLabels: {
    name: "Image Classification Multi-label",
    line: "Every image gets all labels that apply, or none of them.",
    aboutSuggestions:
      "Some images come with suggested labels, in dashed frames, and how sure they are. Check each of them: Submit accepts what you do not change. Images with question marks are not labeled yet: Y gives them those of their suggested labels that are more likely right than wrong. Where none is, the image is left to you.",
    searchHint:
      "Enter turns the label on or off for the selected images, or else the focused one. Shift + Enter adds it to all unlabeled images.",
    actions: {
      label: {
        help: "Each label's key stands on its button: turn the label on or off for the selected images, or else the focused one. They stay selected, and Enter goes on",
      },
      labelRest: { help: "Add the label to all unlabeled images; “Select rest” in the toolbar selects them" },
      search: {
        help: "Search labels; Enter turns a label on or off as its key does. On keyboards that write / with Shift + 7, that searches, too",
      },
      clear: { text: "Clear labels", help: "Clear labels, or remove suggestions" },
      accept: {
        help: "Accept the suggested labels that are at least as likely right as wrong. In the large view, accept those of the image",
      },
    },
  },
};
