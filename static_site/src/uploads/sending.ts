import { isProblem, Problem } from "../api/client";
import type { Offer } from "./calls";
import type { Chosen } from "./choosing";

/** Files of which the service is asked at once, and that are sent at once. */
export const A_CALL = 200;
export const AT_ONCE = 6;
/** So many times a file is sent, with a connection to the service in between. */
export const MOST_TRIES = 5;

export interface Calls {
  /** The addresses of those that are not there yet. */
  ask: (files: readonly Chosen[], signal: AbortSignal) => Promise<Offer>;
  put: (url: string, chosen: Chosen, onBytes: (sent: number) => void, signal: AbortSignal) => Promise<void>;
  /** Until what has failed may be tried again. */
  wait: (error: unknown, failures: number, signal: AbortSignal) => Promise<void>;
}

/** What keeps all from going on, and ends by itself. */
export type Waiting = "connection" | "busy" | "signIn";

/** How far an upload is. existing: files that were there already; conflicting: others of the same names are there. */
export interface Standing {
  sent: number;
  existing: number;
  conflicting: string[];
  failed: { chosen: Chosen; error: unknown }[];
  /** What has arrived, and of what is under way as much as is known. */
  bytes: number;
  waiting: Waiting | null;
}

export interface Outcome extends Standing {
  /** What was neither sent nor refused: it was stopped, or the service has refused the whole. */
  left: Chosen[];
  error: unknown;
}

const waitingFor = (error: unknown): Waiting =>
  isProblem(error, 401) ? "signIn" : isProblem(error) && error.busy ? "busy" : "connection";

const isForNow = (error: unknown): boolean => isProblem(error) && (error.passing || error.status === 401);

/** The indexes of the files that the service has named as the matter. */
function refusedFiles(error: unknown): Map<number, Problem> {
  const refused = new Map<number, Problem>();
  if (!isProblem(error, 422)) return refused;
  for (const { field, message } of error.errors) {
    const index = /^files\.(\d+)\./.exec(field)?.[1];
    if (index !== undefined) refused.set(Number(index), new Problem(422, { detail: message }));
  }
  return refused;
}

/** Sends files into a folder, over nothing that is there: what is there already is not sent again, so whatever was cut off
 *  goes on by sending the same once more. Addresses are asked for as they are needed. `note` is told of each step. */
export async function send(
  all: readonly Chosen[],
  calls: Calls,
  stop: AbortSignal,
  note: (standing: Standing) => void,
): Promise<Outcome> {
  const standing: Standing = { sent: 0, existing: 0, conflicting: [], failed: [], bytes: 0, waiting: null };
  const settled = new Set<Chosen>();
  const ready: { chosen: Chosen; url: string }[] = [];
  const ended = new AbortController();
  const signal = AbortSignal.any([stop, ended.signal]);
  let next = 0;
  let filling: Promise<void> | null = null;
  let error: unknown = null;
  const giveUp = (problem: unknown) => {
    error ??= problem;
    ended.abort();
  };

  const settle = (chosen: Chosen, bytes: number) => {
    settled.add(chosen);
    standing.bytes += bytes;
    note(standing);
  };
  const fail = (chosen: Chosen, error: unknown) => {
    standing.failed.push({ chosen, error });
    settle(chosen, chosen.bytes);
  };

  const wait = async (error: unknown, failures: number) => {
    standing.waiting = waitingFor(error);
    note(standing);
    await calls.wait(error, failures, signal);
    signal.throwIfAborted();
  };

  /** What the service says of these files, however long it takes until it can be asked. */
  const asked = async (files: readonly Chosen[]): Promise<Offer> => {
    for (let failures = 0; ; failures += 1) {
      try {
        const offer = await calls.ask(files, signal);
        standing.waiting = null;
        return offer;
      } catch (error) {
        signal.throwIfAborted();
        if (!isForNow(error)) throw error;
        await wait(error, failures);
      }
    }
  };

  const addressed = async (files: readonly Chosen[]): Promise<{ chosen: Chosen; url: string }[]> => {
    let rest = files;
    while (rest.length > 0) {
      try {
        const offer = await asked(rest);
        const of = new Map(rest.map((chosen) => [chosen.path, chosen]));
        for (const [names, isSame] of [[offer.existing, true] as const, [offer.conflicting, false] as const])
          for (const name of names) {
            const chosen = of.get(name);
            if (!chosen) continue;
            if (isSame) standing.existing += 1;
            else standing.conflicting.push(name);
            settle(chosen, chosen.bytes);
          }
        return offer.uploads.flatMap(({ name, url }) => {
          const chosen = of.get(name);
          return chosen ? [{ chosen, url }] : [];
        });
      } catch (error) {
        const refused = refusedFiles(error);
        if (refused.size === 0) throw error;
        for (const [index, problem] of refused) if (rest[index]) fail(rest[index], problem);
        rest = rest.filter((_, index) => !refused.has(index));
      }
    }
    return [];
  };

  const fill = async () => {
    const files = all.slice(next, next + A_CALL);
    next += files.length;
    ready.push(...(await addressed(files)));
  };
  const filled = () => {
    filling ??= fill().finally(() => {
      filling = null;
    });
    return filling;
  };

  const take = async () => {
    while (ready.length === 0 && (filling || next < all.length)) await filled();
    // The next addresses are on their way before these are used up.
    if (ready.length < 2 * AT_ONCE && next < all.length) filled().catch(giveUp);
    return ready.shift();
  };

  const sendOne = async (chosen: Chosen, first: string) => {
    let url = first;
    for (let failures = 1; ; failures += 1) {
      signal.throwIfAborted();
      let under = 0;
      const progress = (sent: number) => {
        standing.bytes += sent - under;
        under = sent;
        note(standing);
      };
      try {
        await calls.put(url, chosen, progress, signal);
        standing.sent += 1;
        standing.waiting = null;
        settle(chosen, chosen.bytes - under);
        return;
      } catch (error) {
        progress(0);
        signal.throwIfAborted();
        // Refused: the address may be over, or the file has arrived and its answer was lost.
        const isOver = isProblem(error, 403) || isProblem(error, 409);
        if (failures === MOST_TRIES || !(isOver || isForNow(error))) return fail(chosen, error);
        if (!isOver) await wait(error, failures - 1);
      }
      const [again] = await addressed([chosen]);
      if (!again) return;
      url = again.url;
    }
  };

  const work = async () => {
    for (let one = await take(); one; one = await take()) await sendOne(one.chosen, one.url);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => work().catch(giveUp)));
  const left = all.filter((chosen) => !settled.has(chosen));
  return { ...standing, waiting: null, left, error: stop.aborted ? null : error };
}
