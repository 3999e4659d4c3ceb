/** Asking for one more opinion on all images that a filter lets through: a queue of the service does it, however many
 *  they are. */

import { api, ok } from "../api/client";
import { filterQuery, type ImageFilter } from "../api/queries/images";
import { progressQuery } from "../api/queries/projects";
import { queryClient } from "../api/queryClient";
import type { ImageRow, Progress } from "../api/types";
import { notify } from "../parts/notices";
import { texts } from "../texts";
import { askAllTexts } from "../texts/opinions";
import { reload } from "./images";
import { canAsk } from "./rows";
import { expectedCount } from "./view";

/** The service takes so many at once. */
export const MOST_ASKED = 10_000;
const EVERY_MS = 2_000;
/** So often it is looked whether it is done. */
const MOST_LOOKS = 90;
/** It is done once the figures have come to rest so long. */
const AT_REST = 3;

/** Whether more may be asked of images that a filter lets through: somebody has said something of them, of their files as
 *  they are. */
export const canAskAll = ({ state, rejected, changedSinceLabeled }: ImageFilter): boolean =>
  !rejected && !changedSinceLabeled && (state === undefined || canAsk({ state }));

/** How many images a filter lets through of which somebody has said something; null = that is not known. */
export function countAskable(
  filter: ImageFilter,
  rows: readonly Pick<ImageRow, "state">[],
  isComplete: boolean,
  progress: Progress | undefined,
): number | null {
  if (isComplete) return rows.filter(canAsk).length;
  if (Object.keys(filter).length > 0 || !progress) return expectedCount(filter, progress);
  return progress.labeled + progress.skipped + progress.disputed;
}

/** Whether all that was asked for has been done. counts: how many images waited for another opinion, before it and ever
 *  since; asked: how many were asked for, where that is known. */
export function isThrough(counts: readonly number[], asked: number | null): boolean {
  const [before = 0, ...since] = counts;
  const last = since.at(-1) ?? before;
  if (asked !== null && last - before >= asked) return true;
  const resting = since.slice(-AT_REST);
  return last > before && resting.length === AT_REST && resting.every((count) => count === last);
}

const waiting = async (projectId: string): Promise<number> =>
  (await queryClient.fetchQuery({ ...progressQuery(projectId), staleTime: 0 })).awaitingOpinions;

/** Asks for it; ends as soon as the service has taken it over. asked: how many they are, where that is known. */
export async function askForAll(projectId: string, filter: ImageFilter, asked: number | null): Promise<void> {
  const before = await waiting(projectId);
  const body = { filter: filterQuery(filter) };
  await ok(api.POST("/api/projects/{project_id}/opinions", { params: { path: { project_id: projectId } }, body }));
  say(askAllTexts.underway, projectId);
  void watch(projectId, [before], asked === null ? null : Math.min(asked, MOST_ASKED));
}

/** Tells when it is done. That the figures cannot be had for a while is no reason to say that it failed. */
async function watch(projectId: string, counts: readonly number[], asked: number | null): Promise<void> {
  const seen = [...counts];
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await new Promise((then) => setTimeout(then, EVERY_MS));
    seen.push(await waiting(projectId).catch(() => seen.at(-1) ?? 0));
    if (isThrough(seen, asked)) return say(askAllTexts.done(seen.at(-1) ?? 0), projectId, true);
  }
  say(askAllTexts.late(seen.at(-1) ?? 0), projectId, true);
}

function say(text: string, projectId: string, canReload = false): void {
  const action = { text: texts.data.reload, run: () => void reload(projectId) };
  notify(text, canReload ? "success" : "info", { subject: "asking", ...(canReload && { action }) });
}
