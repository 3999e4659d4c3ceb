export const authKinds = {
  sas: "SAS token",
  accountKey: "Account key",
  identity: "Identity",
  anonymous: "Anonymous",
  builtIn: "Built in",
};

export const datastores = {
  title: "Datastores",
  intro:
    "A datastore is a named connection to a blob container. The service reads images through it and never shows its credentials.",
  add: "New datastore",
  name: "Datastore name",
  nameHint: "Letters, digits, - and _, for example labeling_tutorial.",
  nameWrong: "Use up to 64 letters, digits, - and _.",
  url: "URL",
  urlHint: "The container's address, for example https://account.blob.core.windows.net/container",
  authKind: "Authentication type",
  token: "SAS token",
  tokenHint: "A token that can read and list.",
  warnings: {
    changes: "This token can also change or delete files. Read and List are enough.",
    long: "This token is valid for more than a year. A shorter one is safer.",
  },
  folder: "Folder",
  folderHint: "The directory that the token is for: its path in the container, for example pets/cats.",
  key: "Account key",
  identityWords:
    "The service reads the container with its own identity. This works for containers that the service is set up for.",
  anonymousWords: "The container is public: anybody can read and list it.",
  browse: "Browse",
  newCredentials: "New credentials",
  credentialsTitle: (name: string) => `New credentials for ${name}`,
  credentialsChanged: (name: string, kind: string) =>
    `Somebody else gave ${name} new credentials (${kind}). Save again to replace them with yours, or cancel to keep theirs.`,
  credentialsSaved: (name: string) => `The new credentials of ${name} are saved.`,
  deleteTitle: (name: string) => `Delete the datastore ${name}?`,
  deleteWords: "The connection and its credentials are deleted. The container and its images stay.",
};

export const datasets = {
  title: "Datasets",
  intro: "The folders that projects take their images from, and the finished exports.",
  none: "No datasets yet",
  noneWords: "You create datasets together with projects. Finished exports appear here too.",
  name: "Name",
  kind: "Kind",
  kinds: { source: "Source", export: "Export" },
  contents: "Contents",
  place: (datastore: string, prefix: string) => `${datastore} / ${prefix || "(the whole container)"}`,
  remove: (name: string) => `Delete ${name}`,
  deleteTitle: (name: string) => `Delete the dataset ${name}?`,
  deleteWords: "Only the dataset's name and location are deleted. The images stay.",
  exported: (format: string, images: string) => `${format}, ${images} images`,
};
