/** Groups of labels: folders, named by paths, that order a project's labels. A group is there as long as a label is in
 *  it, or in a group below it. */

export interface Grouped {
  name: string;
  /** The path of its group; nothing where it is in none. */
  group?: string;
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

export const GROUP_LIMITS = { levels: 6 };

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
