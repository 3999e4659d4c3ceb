import { Input, Text, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { SearchRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Label, Project } from "../api/types";
import { LabelExamples } from "../parts/LabelExamples";
import { LabelKey } from "../parts/LabelKey";
import { LabelSwatch } from "../parts/LabelSwatch";
import { findLabels } from "../parts/findLabels";
import { shownPath, treeOf } from "../parts/labelGroups";
import { texts } from "../texts";

/** From so many on, one looks for a label. */
const MANY = 10;

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  head: { display: "flex", flexWrap: "wrap", alignItems: "center", justifyContent: "space-between", gap: tokens.spacingHorizontalM },
  heading: { margin: 0 },
  search: { flex: "0 1 280px", minWidth: 0 },
  list: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(200px, 1fr))",
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    maxHeight: "320px",
    overflow: "auto",
    margin: 0,
    padding: "2px",
    listStyleType: "none",
  },
  item: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXXS, minWidth: 0 },
  explained: { gridColumn: "1 / -1" },
  group: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  name: { display: "flex", alignItems: "center", gap: tokens.spacingHorizontalS, minWidth: 0 },
  words: { whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A project's labels, with their keys and what they mean. */
export function LabelList({ project }: { project: Pick<Project, "id" | "labels"> }) {
  const styles = useStyles();
  const [sought, setSought] = useState("");
  const { labels } = project;
  const found = findLabels(labels, sought);
  return (
    <div className={styles.whole}>
      <div className={styles.head}>
        <Text as="h2" size={400} weight="semibold" className={styles.heading}>
          {texts.instructions.labels(labels.length)}
        </Text>
        {labels.length >= MANY && (
          <Input
            className={styles.search}
            type="search"
            contentBefore={<SearchRegular />}
            aria-label={texts.instructions.searchLabels}
            placeholder={texts.instructions.searchLabels}
            value={sought}
            onChange={(_, data) => setSought(data.value)}
          />
        )}
      </div>
      <ul className={styles.list} aria-label={texts.instructions.allLabels} tabIndex={0}>
        {treeOf(found).map((row) =>
          row.kind === "group" ? (
            // A group that has only other groups in it is named with the first of these.
            row.labels.some(({ group }) => group === row.path) && (
              <li key={`group-${row.path}`} className={styles.explained}>
                <Text as="h3" className={styles.group}>
                  {shownPath(row.path)}
                </Text>
              </li>
            )
          ) : (
            <LabelItem key={row.label.id} project={project.id} label={row.label} />
          ),
        )}
      </ul>
      {sought && (
        <Text size={200} className={styles.quiet} role="status">
          {texts.instructions.found(found.length, labels.length)}
        </Text>
      )}
    </div>
  );
}

/** A label with its key, and what it means. */
function LabelItem({ project, label }: { project: string; label: Label }) {
  const styles = useStyles();
  const isExplained = label.description !== "" || label.examples.length > 0;
  return (
    <li className={mergeClasses(styles.item, isExplained && styles.explained)}>
      <span className={styles.name}>
        <LabelSwatch label={label} />
        {label.key && <LabelKey name={label.key} title={texts.instructions.key(label.key.toUpperCase())} />}
      </span>
      {label.description && <Text className={styles.words}>{label.description}</Text>}
      <LabelExamples projectId={project} label={label} height={88} />
    </li>
  );
}
