/** Where the Data page shows these images. */
export const dataAddress = (projectId: string, parameters: Record<string, string>): string =>
  `/projects/${projectId}/data?${new URLSearchParams(parameters).toString()}`;
