export const help = {
  title: "Help",
  pages: {
    administrators: "Administrators",
    labelers: "Labelers",
    reviewers: "Reviewers",
    training: "Training models",
  },
};
