export const help = {
  title: "Help",
  pages: {
    administrators: "Administrators",
    labelers: "Labelers",
    reviewers: "Reviewers",
    checks: "Checking labels",
    opinions: "Several people an image",
    training: "Training models",
  },
};
