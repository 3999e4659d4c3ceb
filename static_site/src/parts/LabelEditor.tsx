import { makeStyles, tokens } from "@fluentui/react-components";
import { useLayoutEffect, useMemo, useRef } from "react";
import { flushSync } from "react-dom";
import { texts } from "../texts";
import { AddLabel } from "./AddLabel";
import { LabelRow, type LabelHandlers, type Merging } from "./LabelRow";
import { labelMistake, twiceIn, type EditedLabel } from "./labelRules";

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
}

/** Adds, renames, removes and orders labels, and says at once what is wrong. */
export function LabelEditor({ labels, typed, onChange, message, imagesOf, merging }: LabelEditorProps) {
  const styles = useStyles();
  const list = useRef<HTMLOListElement>(null);
  const names = labels.map((label) => label.name);
  const twice = twiceIn(names);
  const latest = useRef({ labels, onChange });
  useLayoutEffect(() => {
    latest.current = { labels, onChange };
  });
  // The same for all time, so that of a list of hundreds only the row that changes is drawn again.
  const handlers = useMemo((): LabelHandlers => {
    const replace = (index: number, ...by: EditedLabel[]) =>
      latest.current.onChange({ labels: latest.current.labels.toSpliced(index, 1, ...by) });
    return {
      rename: (index, label) => replace(index, label),
      remove: (index) => replace(index),
      // The focus goes along with the label, so that it can be moved on.
      move: (index, by, control) => {
        const { labels: now, onChange: change } = latest.current;
        const moved = now[index];
        if (!moved || now[index + by] === undefined) return;
        flushSync(() => change({ labels: now.toSpliced(index, 1).toSpliced(index + by, 0, moved) }));
        const row = list.current?.children[index + by];
        row?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.focus();
      },
    };
  }, []);

  return (
    <div className={styles.whole}>
      <AddLabel
        names={names}
        message={message}
        typed={typed}
        onType={(changed) => onChange({ typed: changed })}
        onAdd={(added) =>
          onChange({
            labels: [...labels, ...added.map((name) => ({ name }))],
            ...(added.includes(typed.trim()) && { typed: "" }),
          })
        }
      />
      <ol ref={list} className={styles.list} aria-label={texts.labels.list}>
        {labels.map((label, index) => (
          <LabelRow
            key={label.id ?? `new-${index}`}
            label={label}
            index={index}
            last={index === labels.length - 1}
            mistake={labelMistake(label.name, twice)}
            images={imagesOf?.(label)}
            merging={merging}
            handlers={handlers}
          />
        ))}
      </ol>
    </div>
  );
}
