import { makeStyles, tokens } from "@fluentui/react-components";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { texts } from "../texts";
import { AddLabel } from "./AddLabel";
import { GroupDialog } from "./GroupDialog";
import { GroupRow } from "./GroupRow";
import { endsOf, groupOf, groupsOf, movedBy, movedTo, pathOf, renamedGroup, renamedPaths, shownPath, treeOf, unfolded } from "./labelGroups";
import { LabelRow, type LabelHandlers, type Merging } from "./LabelRow";
import { labelMistake, trimmedPath, twiceIn, type EditedLabel } from "./labelRules";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, minWidth: 0 },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: "2px",
    listStyleType: "none",
    maxHeight: "360px",
    overflow: "auto",
  },
});

export interface LabelChange {
  labels?: EditedLabel[];
  /** The paths of the exclusive groups. */
  exclusive?: readonly string[];
  typed?: string;
}

interface LabelEditorProps {
  /** The same objects as long as nothing of them changes. */
  labels: readonly EditedLabel[];
  /** A new label as far as it is typed. */
  typed: string;
  onChange: (changed: LabelChange) => void;
  message?: string | undefined;
  /** How many images have a label; undefined where none can. */
  imagesOf?: (label: EditedLabel) => number | undefined;
  /** Where labels can be merged; the same object as long as nothing of it changes. */
  merging?: Merging;
  /** The paths of the groups of which an image gets one label at most; undefined where that is nothing to say. */
  exclusive?: readonly string[] | undefined;
}

/** What a dialog asks about: into which group a label is to go, or how a group is to be called. */
type Asked = { label: EditedLabel } | { path: string };

function focusOn(list: HTMLElement | null, index: number, control: string) {
  list?.querySelector<HTMLElement>(`[data-index="${index}"] [data-control="${control}"]`)?.focus();
}

/** Adds, renames, removes, orders and groups labels, and says at once what is wrong. */
export function LabelEditor(props: LabelEditorProps) {
  const { labels, typed, onChange, message, imagesOf, merging, exclusive } = props;
  const styles = useStyles();
  const list = useRef<HTMLOListElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  const names = labels.map((label) => label.name);
  const twice = twiceIn(names);
  const tree = useMemo(() => treeOf(labels), [labels]);
  const places = new Map(labels.map((label, index) => [label, index]));
  const ends = endsOf(labels);
  const latest = useRef({ labels, onChange });
  useLayoutEffect(() => {
    latest.current = { labels, onChange };
  });
  const dragged = useRef<EditedLabel>(undefined);
  // The same for all time, so that of a list of hundreds only the row that changes is drawn again.
  const handlers = useMemo((): LabelHandlers => {
    const replace = (index: number, ...by: EditedLabel[]) =>
      latest.current.onChange({ labels: latest.current.labels.toSpliced(index, 1, ...by) });
    return {
      rename: (index, label) => replace(index, label),
      remove: (index) => replace(index),
      // The focus goes along with the label, so that it can be moved on.
      move: (index, by, control) => {
        const moved = movedBy(latest.current.labels, index, by);
        if (!moved) return;
        flushSync(() => latest.current.onChange({ labels: moved[0] }));
        focusOn(list.current, moved[1], control);
      },
      group: (index) => {
        const label = latest.current.labels[index];
        if (label) setAsked({ label });
      },
      drag: (index) => {
        dragged.current = latest.current.labels[index];
      },
      drop: (group, before) => {
        const { labels: now, onChange: change } = latest.current;
        const label = dragged.current;
        dragged.current = undefined;
        if (label) change({ labels: movedTo(now, label, group, before === undefined ? undefined : now[before]) });
      },
    };
  }, []);
  const fold = (path: string) => {
    const now = new Set(folded);
    if (!now.delete(path)) now.add(path);
    setFolded(now);
  };
  const save = (path: string) => {
    if (asked && "label" in asked) onChange({ labels: movedTo(labels, asked.label, path) });
    else if (asked) {
      const renamed = exclusive && renamedPaths(exclusive, asked.path, path);
      onChange({ labels: renamedGroup(labels, asked.path, path), ...(renamed && { exclusive: renamed }) });
    }
    setAsked(undefined);
  };

  return (
    <div className={styles.whole}>
      <AddLabel
        names={names}
        message={message}
        typed={typed}
        onType={(changed) => onChange({ typed: changed })}
        onAdd={(added) =>
          onChange({
            labels: [...labels, ...added],
            ...(added.some((label) => pathOf(label) === trimmedPath(typed)) && { typed: "" }),
          })
        }
      />
      <ol ref={list} className={styles.list} aria-label={texts.labels.list}>
        {unfolded(tree, folded).map((row) => {
          if (row.kind === "group") {
            return (
              <GroupRow
                key={`group-${row.path}`}
                group={row}
                isFolded={folded.has(row.path)}
                isExclusive={exclusive?.includes(row.path)}
                onFold={() => fold(row.path)}
                onRename={() => setAsked({ path: row.path })}
                onExclusive={(on) => {
                  const others = exclusive?.filter((path) => path !== row.path) ?? [];
                  onChange({ exclusive: on ? [...others, row.path] : others });
                }}
                onDrop={() => handlers.drop(row.path)}
              />
            );
          }
          const { label, depth } = row;
          const index = places.get(label) ?? 0;
          return (
            <LabelRow
              key={label.id ?? `new-${index}`}
              label={label}
              index={index}
              depth={depth}
              first={ends.first.has(index)}
              last={ends.last.has(index)}
              mistake={labelMistake(label.name, twice)}
              images={imagesOf?.(label)}
              merging={merging}
              handlers={handlers}
            />
          );
        })}
      </ol>
      {asked && "label" in asked && (
        <GroupDialog
          title={texts.labels.groupOf(asked.label.name)}
          button={texts.labels.move}
          path={groupOf(asked.label)}
          groups={groupsOf(labels)}
          onSave={save}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked && "path" in asked && (
        <GroupDialog
          title={texts.labels.groupTitle(shownPath(asked.path))}
          button={texts.labels.rename}
          path={asked.path}
          groups={groupsOf(labels)}
          onTaken={(path) => texts.labels.groupsMerge(shownPath(path))}
          onSave={save}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
