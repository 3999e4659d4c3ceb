import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import type { Project } from "../../api/types";
import { Trouble } from "../../parts/States";
import { PLAIN_LIST } from "../plainList";
import { texts } from "../../texts";
import { useMerge } from "./useMerge";

const useStyles = makeStyles({
  list: { ...PLAIN_LIST, gap: tokens.spacingVerticalXS, maxHeight: "200px", overflow: "auto" },
  row: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalM },
  words: { flex: "1 1 200px", overflowWrap: "anywhere" },
});

/** The labels that count as others, each with a way back. */
export function MergedLabels({ project }: { project: Project }) {
  const styles = useStyles();
  const merge = useMerge(project);
  const { merged } = project;
  if (merged.length === 0) return null;
  const nameOf = (id: number): string => project.labels.find((label) => label.id === id)?.name ?? "";
  return (
    <>
      <Text weight="semibold">{texts.details.merged}</Text>
      <ul className={styles.list} aria-label={texts.details.merged}>
        {merged.map(({ id, name, into }) => (
          <li key={id} className={styles.row}>
            <Text className={styles.words}>{texts.details.mergedInto(name, nameOf(into))}</Text>
            <Button
              size="small"
              disabled={merge.isPending}
              aria-label={texts.details.undoMergeOf(name)}
              onClick={() => merge.mutate({ labelId: id, into: null })}
            >
              {texts.details.undoMerge}
            </Button>
          </li>
        ))}
      </ul>
      {merge.isError && <Trouble error={merge.error} />}
    </>
  );
}
