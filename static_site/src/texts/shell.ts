export const app = { name: "Image labeling", skipToContent: "Skip to content" };

export const header = {
  account: (name: string) => `Account of ${name}`,
  theme: "Theme",
  themes: { system: "Match system", light: "Light", dark: "Dark" },
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

/** Instead of a project's page. */
export const gone = {
  removed: {
    title: "You are no longer a member of this project",
    words: (name: string) =>
      `An administrator of the project has removed you (${name}). The labels that you submitted are saved; pages that you had not submitted are lost, and their images go to others. Ask the administrator if this was a mistake.`,
  },
  unknown: {
    title: "There is no such project for you",
    words: (name: string) =>
      `The project was deleted, the address is wrong, or you (${name}) are not a member. Ask the project's administrator to invite you by this sign-in name.`,
  },
};

export const notForYou = {
  title: "This page is for administrators",
  words: {
    service: (name: string) => `You are signed in as ${name}. Only administrators of the service see this page.`,
    project: (name: string) => `You are signed in as ${name}. Only administrators of the project see this page.`,
  },
};

export const notFound = {
  title: "There is no such page",
  words: "It may have been moved or deleted.",
  home: "Go to the start page",
};

export const errors = {
  offline: "You are offline. What you see may be out of date, and nothing can be changed until you are connected again.",
  silent: "The service does not answer. What you see may be out of date until it does.",
  noAnswer: "The service does not answer. Check the connection and try again.",
  failed: (status: number) => `The service answered with an error (${status}). Try again in a moment.`,
  shortened: "A name cannot have a slash or a backslash, or be only dots.",
  unknown: "Something went wrong on this page. Reload it and try again.",
  brokenTitle: "This page stopped",
  reload: "Reload",
};
