/** How often pages ask, in milliseconds, and how much at a time. */
export const soon = 1_500;
export const leisurely = 10_000;
export const minute = 60_000;
/** What is asked for again anyway as soon as the project's figures move. */
export const seldom = 2 * minute;
export const MOST = 200;

export const inProject = (projectId: string) => ({ path: { project_id: projectId } });
