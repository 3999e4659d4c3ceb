import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useImages } from "../api/queries";
import type { ImageRow, Project } from "../api/types";
import { Nothing, Trouble, Wait } from "../parts/States";
import { texts } from "../texts";
import { Filters } from "./Filters";
import { useFilters } from "./filters";
import { ImagePanel } from "./ImagePanel";
import { ImageTile } from "./ImageTile";
import { ReviewBar } from "./ReviewBar";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  columns: { display: "flex", gap: tokens.spacingHorizontalL, alignItems: "flex-start" },
  main: { flex: 1, minWidth: 0, display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  grid: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fill, minmax(148px, 1fr))",
    gap: tokens.spacingHorizontalM,
    margin: 0,
    padding: 0,
    listStyleType: "none",
  },
  more: { alignSelf: "center" },
});

const NONE: ReadonlySet<string> = new Set();

export function Data({ project }: { project: Project }) {
  const styles = useStyles();
  const filters = useFilters();
  const images = useImages(project.id, filters.filter);
  const [selected, setSelected] = useState(NONE);
  const [opened, setOpened] = useState<string | null>(null);

  const rows = images.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = rows.filter((row) => selected.has(row.id));
  const toggle = (id: string) => {
    const changed = new Set(selected);
    if (!changed.delete(id)) changed.add(id);
    setSelected(changed);
  };

  return (
    <div className={styles.whole}>
      <Filters project={project} filters={filters} />
      <div className={styles.columns}>
        <div className={styles.main}>
          {images.isPending && <Wait />}
          {images.isError && <Trouble error={images.error} retry={() => void images.refetch()} />}
          {images.isSuccess && rows.length === 0 && !images.hasNextPage && (
            <Nothing title={texts.data.none}>{texts.data.noneWords}</Nothing>
          )}
          {rows.length > 0 && (
            <ul className={styles.grid} aria-label={texts.data.images}>
              {rows.map((row: ImageRow) => (
                <ImageTile
                  key={row.id}
                  row={row}
                  labels={project.labels}
                  selected={selected.has(row.id)}
                  opened={row.id === opened}
                  onToggle={() => toggle(row.id)}
                  onOpen={() => setOpened(row.id === opened ? null : row.id)}
                />
              ))}
            </ul>
          )}
          {images.hasNextPage && (
            <Button
              className={styles.more}
              disabled={images.isFetchingNextPage}
              onClick={() => void images.fetchNextPage()}
            >
              {texts.common.loadMore}
            </Button>
          )}
        </div>
        {opened && <ImagePanel key={opened} project={project} imageId={opened} onClose={() => setOpened(null)} />}
      </div>
      {rows.length > 0 && (
        <ReviewBar
          project={project}
          chosen={chosen}
          onSelectAll={() => setSelected(new Set(rows.map((row) => row.id)))}
          onSelectNone={() => setSelected(NONE)}
        />
      )}
    </div>
  );
}
