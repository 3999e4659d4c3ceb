import type { Labeler, Project } from "../api/types";

/** Of the figures of labelers somebody's own. A labeler gets no others, and may be known in the project by another id than
 *  they have here, where it came from a backup. */
export const ownOf = (items: readonly Labeler[], role: Project["role"], user: string): Labeler | undefined =>
  role === "labeler" ? items[0] : items.find(({ userId }) => userId === user);
