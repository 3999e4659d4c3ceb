/** What the task types are called, and what differs between them on the labeling page. */
export const tasks = {
  turn: "Change a suggested label to the next likely one, as a click on it does",
  oneLabel: {
    name: "Image Classification Multi-class",
    line: "Every image gets exactly one label.",
    aboutSuggestions:
      "Some images come with a suggested label, in a dashed frame, and how sure it is. Check each of them: Submit accepts what you do not change. A click on a suggested label, or the key O, changes it to the next likely one. Images with a question mark are not labeled yet: Y accepts the likely suggestions of a page, and pressed again the rest.",
    actions: {},
  },
};
