import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useImports } from "../api/queries/imports";
import { useMe } from "../api/queries/me";
import { isUnderway } from "../api/queries/runs";
import type { Import, Project } from "../api/types";
import { Loaded } from "../parts/States";
import { texts } from "../texts";
import { imports } from "../texts/imports";
import { sourceOf } from "./choices";
import { ImportCard } from "./ImportCard";
import { UndoImport } from "./UndoImport";

const useStyles = makeStyles({
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalM,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  title: { margin: 0 },
  more: { alignSelf: "center" },
});

/** There is something to be undone, and nobody does it just now. */
const canBeUndone = (one: Import): boolean =>
  one.undoable && one.labeled > 0 && !isUnderway(one.undone ?? undefined);

interface ImportListProps {
  project: Project;
  /** The import that was started here just now, which gets the focus. */
  started: string | null;
  /** Begins a failed one again. */
  onAgain: (one: Import) => void;
}

/** The imports of a project, the newest first, each with how far it is and what it did. */
export function ImportList({ project, started, onAgain }: ImportListProps) {
  const styles = useStyles();
  const query = useImports(project.id);
  const me = useMe().data;
  const [doomed, setDoomed] = useState<Import | null>(null);
  const mayUndo = (one: Import): boolean =>
    canBeUndone(one) &&
    (project.role === "administrator" || (one.as === "suggestions" && one.by === me?.userId));
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const all = pages.flatMap(({ items }) => items);
        if (all.length === 0) return <Text className={styles.quiet}>{imports.noImports}</Text>;
        return (
          <>
            <Text as="h2" size={400} weight="semibold" className={styles.title}>
              {imports.history}
            </Text>
            <ul className={styles.list} aria-label={imports.history}>
              {all.map((one) => (
                <ImportCard
                  key={one.id}
                  one={one}
                  isStarted={one.id === started}
                  onUndo={mayUndo(one) ? () => setDoomed(one) : null}
                  onAgain={one.status === "failed" && sourceOf(one) ? () => onAgain(one) : null}
                />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button className={styles.more} disabled={query.isFetching} onClick={() => void query.fetchNextPage()}>
                {texts.common.loadMore}
              </Button>
            )}
            {doomed && <UndoImport project={project} one={doomed} onClose={() => setDoomed(null)} />}
          </>
        );
      }}
    </Loaded>
  );
}
