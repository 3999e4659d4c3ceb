import { Text, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import type { ReactElement } from "react";
import type { Label } from "../api/types";
import { LabelExamples } from "../parts/LabelExamples";

const useStyles = makeStyles({
  words: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, overflowWrap: "anywhere" },
});

export const isExplained = ({ description, examples }: Label): boolean => description !== "" || examples.length > 0;

/** A label's button, with what the label means for who points at it. */
export function Explained({ project, label, children }: { project: string; label: Label; children: ReactElement }) {
  const styles = useStyles();
  if (!isExplained(label)) return children;
  const words = (
    <div className={styles.words}>
      <Text weight="semibold">{label.name}</Text>
      {label.description && <Text>{label.description}</Text>}
      <LabelExamples projectId={project} label={label} height={72} />
    </div>
  );
  return (
    <Tooltip content={words} relationship="description" positioning="before" withArrow>
      {children}
    </Tooltip>
  );
}
