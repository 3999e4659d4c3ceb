export const app = { name: "Image labeling", skipToContent: "Skip to content" };

export const header = {
  account: (name: string) => `Account of ${name}`,
  theme: "Theme",
  themes: { system: "As the system", light: "Light", dark: "Dark" },
  signOut: "Sign out",
};

export const nav = {
  label: "Main",
  open: "Open the menu",
  close: "Close the menu",
  projects: "Projects",
  labeling: "Data labeling",
  datasets: "Datasets",
  datastores: "Datastores",
  people: "People",
  audit: "Audit log",
};

export const signIn = { intro: "Sign in to label images, or to manage labeling projects.", button: "Sign in" };

export const notFound = {
  title: "There is no such page",
  words: "It may have been moved or deleted.",
  home: "Go to the start page",
};

export const errors = {
  noAnswer: "The service does not answer. Check the connection and try again.",
  failed: (status: number) => `The service answered with an error (${status}). Try again in a moment.`,
  shortened: "A name cannot have a slash or a backslash, or be only dots.",
  unknown: "Something went wrong on this page. Reload it and try again.",
  brokenTitle: "This page stopped",
  reload: "Reload",
};
