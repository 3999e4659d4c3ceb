/** The checks of a project; one of them, with its result; and where it is judged. */
export const checkAddress = (projectId: string, checkId?: string): string =>
  `/projects/${projectId}/checks${checkId === undefined ? "" : `/${checkId}`}`;

export const judgeAddress = (projectId: string, checkId: string): string => `${checkAddress(projectId, checkId)}/judge`;
