import type { Project } from "../api/types";

const isWithin = (group: string, path: string): boolean => group === path || group.startsWith(`${path}/`);

/** The labels that an image cannot have beside this one: they share a group of which it gets one label at most. */
export function rivalsOf({ labels, groups }: Pick<Project, "labels" | "groups">, label: number): number[] {
  const own = labels.find(({ id }) => id === label)?.group ?? "";
  const shared = groups.filter(({ path, exclusive }) => exclusive && isWithin(own, path));
  return labels.filter(({ id, group }) => id !== label && shared.some(({ path }) => isWithin(group, path))).map(({ id }) => id);
}
