/** Groups of labels: folders, named by paths, that order a project's labels. A group is there as long as a label is in
 *  it, or in a group below it. */

export interface Grouped {
  name: string;
  /** The path of its group; nothing where it is in none. */
  group?: string | undefined;
}

export interface GroupHeading<L> {
  kind: "group";
  path: string;
  /** The last name of the path. */
  name: string;
  depth: number;
  /** The labels in it and below it. */
  labels: readonly L[];
}

/** A label where it stands in the tree. */
export interface LabelPlace<L> {
  kind: "label";
  label: L;
  depth: number;
}

export type TreeRow<L> = GroupHeading<L> | LabelPlace<L>;

export const groupOf = ({ group }: Grouped): string => group ?? "";

/** A label with the groups that it is in, as it is written and pasted. */
export const pathOf = (label: Grouped): string => [groupOf(label), label.name.trim()].filter(Boolean).join("/");

/** For people to read. */
export const shownPath = (path: string): string => path.split("/").join(" › ");

/** A label's name behind those of its groups, for people to read. */
export const wholeName = (label: Grouped): string =>
  groupOf(label) ? `${shownPath(groupOf(label))} › ${label.name}` : label.name;

/** The group and those above it, outermost first. */
export const pathsTo = (group: string): string[] =>
  group ? group.split("/").map((_, at, names) => names.slice(0, at + 1).join("/")) : [];

export const isIn = (label: Grouped, group: string): boolean =>
  groupOf(label) === group || groupOf(label).startsWith(`${group}/`);

/** Each group that labels are in, after those above it, in the order of the labels. */
export const groupsOf = (labels: readonly Grouped[]): string[] => [
  ...new Set(labels.flatMap((label) => pathsTo(groupOf(label)))),
];

/** The labels under the headings of their groups, depth first: in each the labels of its own, then the groups in it. */
export function treeOf<L extends Grouped>(labels: readonly L[]): TreeRow<L>[] {
  const own = new Map<string, L[]>();
  const all = new Map<string, L[]>();
  const below = new Map<string, Set<string>>();
  const into = (map: Map<string, L[]>, path: string, label: L) => map.set(path, [...(map.get(path) ?? []), label]);
  for (const label of labels) {
    into(own, groupOf(label), label);
    for (const [at, path] of pathsTo(groupOf(label)).entries()) {
      into(all, path, label);
      const above = pathsTo(path)[at - 1] ?? "";
      below.set(above, (below.get(above) ?? new Set()).add(path));
    }
  }
  const rows = (group: string, depth: number): TreeRow<L>[] => [
    ...(own.get(group) ?? []).map((label) => ({ kind: "label" as const, label, depth })),
    ...[...(below.get(group) ?? [])].flatMap((path): TreeRow<L>[] => [
      { kind: "group", path, name: path.slice(path.lastIndexOf("/") + 1), depth, labels: all.get(path) ?? [] },
      ...rows(path, depth + 1),
    ]),
  ];
  return rows("", 0);
}

/** The rows that are seen while these groups are folded. */
export const unfolded = <L extends Grouped>(rows: readonly TreeRow<L>[], folded: ReadonlySet<string>): TreeRow<L>[] =>
  rows.filter((row) => {
    const above = pathsTo(row.kind === "label" ? groupOf(row.label) : row.path);
    return !(row.kind === "label" ? above : above.slice(0, -1)).some((path) => folded.has(path));
  });

/** How far a label is moved among those of its own group: the list afterwards, and its place in it. */
export function movedBy<L extends Grouped>(labels: readonly L[], index: number, by: number): [L[], number] | undefined {
  const label = labels[index];
  if (!label) return undefined;
  const places = labels.flatMap((other, place) => (groupOf(other) === groupOf(label) ? [place] : []));
  const place = places[places.indexOf(index) + by];
  return place === undefined ? undefined : [labels.toSpliced(index, 1).toSpliced(place, 0, label), place];
}

/** A label in another group: before another label there, or behind all. */
export function movedTo<L extends Grouped>(labels: readonly L[], label: L, group: string, before?: L): L[] {
  if (label === before || !labels.includes(label)) return [...labels];
  const others = labels.filter((other) => other !== label);
  const last = others.findLastIndex((other) => groupOf(other) === group);
  const place = before ? others.indexOf(before) : last < 0 ? others.length : last + 1;
  return others.toSpliced(place, 0, { ...label, group });
}

/** The places of the labels that are the first and the last of their group. */
export function endsOf(labels: readonly Grouped[]): { first: ReadonlySet<number>; last: ReadonlySet<number> } {
  const [first, last] = [new Map<string, number>(), new Map<string, number>()];
  for (const [index, label] of labels.entries()) {
    if (!first.has(groupOf(label))) first.set(groupOf(label), index);
    last.set(groupOf(label), index);
  }
  return { first: new Set(first.values()), last: new Set(last.values()) };
}

const renamed = (group: string, from: string, to: string): string =>
  isIn({ name: "", group }, from) ? [to, group.slice(from.length + 1)].filter(Boolean).join("/") : group;

/** Paths, where a group gets another one; where there is one of that path, both become one. "": what is in it is in none. */
export const renamedPaths = (paths: readonly string[], from: string, to: string): string[] => [
  ...new Set(paths.map((path) => renamed(path, from, to)).filter(Boolean)),
];

/** Labels, where a group gets another path. */
export const renamedGroup = <L extends Grouped>(labels: readonly L[], from: string, to: string): L[] =>
  labels.map((label) => (isIn(label, from) ? { ...label, group: renamed(groupOf(label), from, to) } : label));

/** What is sent of groups: of those that labels are in, the exclusive ones. */
export const exclusiveGroups = (labels: readonly Grouped[], exclusive: readonly string[]) =>
  groupsOf(labels).flatMap((path) => (exclusive.includes(path) ? [{ path, exclusive: true }] : []));

/** A set of paths as it was changed here, on top of what others have changed meanwhile. */
export const mergedPaths = (base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] => [
  ...theirs.filter((path) => mine.includes(path) || !base.includes(path)),
  ...mine.filter((path) => !base.includes(path) && !theirs.includes(path)),
];
