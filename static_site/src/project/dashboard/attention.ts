/** What of a project needs somebody's attention, and where to do something about it. */

import type { LabelerFigures, Progress, Project } from "../../api/types";
import * as dashboardTexts from "../../texts/dashboard";
import { dataAddress } from "./dataAddress";

export interface Concern {
  key: string;
  words: string;
  /** What can be done, and where. */
  action: string;
  to: string;
}

export interface Known {
  project: Project;
  progress: Progress;
  /** Whether the reader administers the service. */
  isBoss: boolean;
  /** How many people are invited; undefined where that is not known. */
  members: number | undefined;
  /** How many possible mistakes there are by labeler. */
  mistakes: ReadonlyMap<string, number>;
}

/** A label with fewer images teaches little. */
const FEW = 10;
/** Before so many images a label have been labeled on average, it tells nothing that one is rare. */
const ON_AVERAGE = 10;
const MUCH_QUICKER = 3;
const QUICK_FROM = 60;
const MUCH_MORE_REJECTED = 2;
const LEAST_REJECTED = 5;
const LEAST_REJECTED_SHARE = 0.1;
/** So many labels are named. */
const MOST_NAMED = 5;

export function concernsOf(known: Known): Concern[] {
  const { project, progress } = known;
  const details = (part: string) => `/projects/${project.id}/details#${part}`;
  const data = (asked: Record<string, string>) => dataAddress(project.id, asked);
  const words = dashboardTexts.attention;
  const isAdministrator = project.role === "administrator";
  const found: (Concern | false)[] = [
    known.members === 0 && { key: "invite", ...words.nobodyInvited, to: details("members") },
    project.inTrouble && known.isBoss && { key: "folder", ...words.folder, to: "/datastores" },
    progress.disputed > 0 && {
      key: "disputed",
      ...words.disputed(progress.disputed),
      to: data({ state: "disputed" }),
    },
    progress.unreadable > 0 && {
      key: "unreadable",
      ...words.unreadable(progress.unreadable),
      to: data({ state: "unreadable" }),
    },
    progress.returned > 0 && {
      key: "returned",
      ...words.returned(progress.returned),
      to: data({ rejected: "true" }),
    },
    ...mistakesOf(known).map(([labeler, count]) => ({
      key: `mistakes|${labeler.userId}`,
      ...words.mistakes(labeler.name, count),
      to: data({ doubted: "true", labeler: labeler.userId }),
    })),
    ...labelersOf(progress.byLabeler).map(({ labeler, ...said }) => ({
      ...said,
      to: data({ labeler: labeler.userId }),
    })),
  ];
  const { few, unused } = rareLabels(known);
  if (few.length > 0) found.push({ key: "few", ...words.few(named(few)), to: data({ state: "waiting" }) });
  if (unused.length > 0 && isAdministrator)
    found.push({ key: "unused", ...words.unused(named(unused)), to: details("labels") });
  return found.filter((one) => one !== false);
}

function named(labels: readonly string[]): string {
  const more = labels.length - MOST_NAMED;
  return [...labels.slice(0, MOST_NAMED), ...(more > 0 ? [dashboardTexts.attention.more(more)] : [])].join(", ");
}

function mistakesOf({ progress, mistakes }: Known): [LabelerFigures, number][] {
  return progress.byLabeler
    .map((labeler): [LabelerFigures, number] => [labeler, mistakes.get(labeler.userId) ?? 0])
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one);
}

function rareLabels({ project, progress }: Known): { few: string[]; unused: string[] } {
  if (progress.labeled < ON_AVERAGE * project.labels.length) return { few: [], unused: [] };
  const counts = new Map(progress.byLabel.map(({ label, count }) => [label, count]));
  const rare = project.labels
    .map(({ name }) => ({ name, count: counts.get(name) ?? 0 }))
    .filter(({ count }) => count < FEW)
    .toSorted((one, other) => one.count - other.count);
  return {
    few: rare.filter(({ count }) => count > 0).map(({ name, count }) => dashboardTexts.attention.labelWith(name, count)),
    unused: rare.filter(({ count }) => count === 0).map(({ name }) => name),
  };
}

type AboutLabeler = Omit<Concern, "to"> & { labeler: LabelerFigures };

/** Whoever is much quicker, or more often rejected, than all others together. */
function labelersOf(all: readonly LabelerFigures[]): AboutLabeler[] {
  return all.flatMap((labeler) => {
    const others = all.filter((other) => other !== labeler);
    return [quicker(labeler, others), moreRejected(labeler, others)].filter((one) => one !== null);
  });
}

function quicker(labeler: LabelerFigures, others: readonly LabelerFigures[]): AboutLabeler | null {
  const paces = others.map((other) => other.labeledPerHour).filter((pace) => pace > 0);
  const usual = paces.toSorted((one, other) => one - other)[Math.floor(paces.length / 2)];
  const own = labeler.labeledPerHour;
  if (usual === undefined || own < QUICK_FROM || own < MUCH_QUICKER * usual) return null;
  const said = dashboardTexts.attention.quicker(labeler.name, Math.round(own), Math.round(usual));
  return { key: `quicker|${labeler.userId}`, ...said, labeler };
}

function moreRejected(labeler: LabelerFigures, others: readonly LabelerFigures[]): AboutLabeler | null {
  const share = (some: readonly LabelerFigures[]) => {
    const rejected = some.reduce((sum, one) => sum + one.rejected, 0);
    const all = some.reduce((sum, one) => sum + one.labeled + one.rejected, 0);
    return all === 0 ? null : rejected / all;
  };
  const [own, usual] = [share([labeler]), share(others)];
  if (own === null || usual === null || labeler.rejected < LEAST_REJECTED) return null;
  if (own < LEAST_REJECTED_SHARE || own < MUCH_MORE_REJECTED * usual) return null;
  return { key: `rejected|${labeler.userId}`, ...dashboardTexts.attention.rejected(labeler.name, own, usual), labeler };
}
