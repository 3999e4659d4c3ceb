/** Files of labels that somebody has chosen together, and how they are sent. */

import { isProblem } from "../api/client";
import { formatBytes } from "../parts/format";
import { imports } from "../texts/imports";
import type { putFile } from "../uploads/calls";
import type { Chosen } from "../uploads/choosing";
import type { Calls } from "../uploads/sending";
import { waitAfter } from "../uploads/waiting";

/** As the service has it: of one upload. */
export const MOST_BYTES = 2 * 1024 * 1024 * 1024;
export const MOST_FILES = 20;

/** An upload as the service offers it: an address for each of its files. */
export interface LabelOffer {
  upload: string;
  uploads: { name: string; url: string }[];
  expiresAt: string;
}

export type AskOffer = (files: { name: string; bytes: number }[], signal: AbortSignal) => Promise<LabelOffer>;

export const bytesOf = (files: readonly { size: number }[]): number => files.reduce((sum, { size }) => sum + size, 0);

/** Why these files cannot be sent; null: they can. */
export function mistakeIn(files: readonly { name: string; size: number }[]): string | null {
  if (files.length > MOST_FILES) return imports.tooMany(MOST_FILES);
  const empty = files.find(({ size }) => size === 0);
  if (empty) return imports.empty(empty.name);
  const most = formatBytes(MOST_BYTES);
  const large = files.find(({ size }) => size > MOST_BYTES);
  if (large) return imports.tooLarge(large.name, most);
  return bytesOf(files) > MOST_BYTES ? imports.tooLargeTogether(most) : null;
}

/** How the files of one upload are sent. All addresses are of the one offer, for as long as it stands: a file that is sent
 *  again stays with the others. An address can create its file and nothing else: where it is refused because there is one,
 *  the file has arrived before. note: is told the upload's id. */
export function callsFor(
  all: readonly Chosen[],
  ask: AskOffer,
  put: typeof putFile,
  note: (upload: string) => void,
): Calls {
  let offer: LabelOffer | null = null;
  return {
    ask: async (files, signal) => {
      if (offer === null || Date.now() >= Date.parse(offer.expiresAt)) {
        offer = await ask(
          all.map(({ path, bytes }) => ({ name: path, bytes })),
          signal,
        );
        note(offer.upload);
      }
      const wanted = new Set(files.map(({ path }) => path));
      return { uploads: offer.uploads.filter(({ name }) => wanted.has(name)), existing: [], conflicting: [] };
    },
    put: (url, chosen, onBytes, signal) =>
      put(url, chosen, onBytes, signal).catch((error: unknown) => {
        if (!isProblem(error, 409)) throw error;
      }),
    wait: waitAfter,
  };
}
