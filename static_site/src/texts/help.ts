export const help = {
  title: "Help",
  pages: {
    administrators: "Administrators",
    labelers: "Labelers",
    reviewers: "Reviewers",
    checks: "Checking labels",
    training: "Training models",
  },
};
