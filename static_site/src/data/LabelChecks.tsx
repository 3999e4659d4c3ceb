import { Checkbox, Input, Text, makeStyles, tokens } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useState, type ReactNode } from "react";
import type { Label } from "../api/types";
import { labelBand } from "../parts/colors";
import { findLabels } from "../parts/findLabels";
import { shownPath, treeOf } from "../parts/labelGroups";
import { texts } from "../texts";

/** As many labels are seen at a glance. */
const SEARCHED_FROM = 10;

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minHeight: 0 },
  list: { display: "flex", flexDirection: "column", maxHeight: "min(320px, 40vh)", overflow: "auto" },
  label: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, overflowWrap: "anywhere" },
  swatch: { width: "20px", height: "14px", flexShrink: 0, borderRadius: tokens.borderRadiusSmall },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface LabelChecksProps {
  labels: readonly Label[];
  /** mixed: some have it and some do not. */
  stateOf: (label: Label) => boolean | "mixed";
  onTurn: (label: Label) => void;
  /** The group that is chosen as a whole, where groups can be chosen. */
  group?: { chosen: string | undefined; onTurn: (path: string) => void };
  /** What stands before the labels. */
  children?: ReactNode;
}

/** All labels of a project, under their groups, to choose any number of them; with a search where there are many. */
export function LabelChecks({ labels, stateOf, onTurn, group, children }: LabelChecksProps) {
  const styles = useStyles();
  const [sought, setSought] = useState("");
  const found = findLabels(labels, sought);
  const rows = sought.trim() ? found.map((label) => ({ kind: "label" as const, label, depth: 0 })) : treeOf(labels);
  return (
    <div className={styles.whole}>
      {labels.length > SEARCHED_FROM && (
        <Input
          type="search"
          contentBefore={<SearchRegular />}
          aria-label={texts.labeling.searchTitle}
          placeholder={texts.labeling.searchLabels(labels.length)}
          value={sought}
          onChange={(_, data) => setSought(data.value)}
        />
      )}
      <div className={styles.list} role="group" aria-label={texts.labeling.labels} tabIndex={0}>
        {!sought.trim() && children}
        {rows.map((row) => {
          const indent = { paddingInlineStart: `${row.depth * 20}px` };
          if (row.kind === "label")
            return (
              <Checkbox
                key={row.label.id}
                style={indent}
                checked={stateOf(row.label)}
                onChange={() => onTurn(row.label)}
                label={
                  <span className={styles.label}>
                    <span className={styles.swatch} style={labelBand(row.label.id)} />
                    <span>
                      {row.label.name}{" "}
                      {sought.trim() && row.label.group && (
                        <span className={styles.quiet}>{shownPath(row.label.group)}</span>
                      )}
                    </span>
                  </span>
                }
              />
            );
          if (!group)
            return (
              <Text key={row.path} style={indent} size={200} weight="semibold" className={styles.quiet}>
                {row.name}
              </Text>
            );
          return (
            <Checkbox
              key={row.path}
              style={indent}
              checked={group.chosen === row.path}
              onChange={() => group.onTurn(row.path)}
              label={texts.data.allOf(row.name)}
            />
          );
        })}
      </div>
      {found.length === 0 && (
        <Text size={200} className={styles.quiet} role="status">
          {texts.labeling.noSuchLabel}
        </Text>
      )}
    </div>
  );
}
