import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import type { Label, LeasedImage } from "../api/types";
import { texts } from "../texts";
import { GAP, pictureUrl, type Grid } from "./layout";
import type { PageState } from "./page";
import { Tile, tileId } from "./Tile";

const useStyles = makeStyles({
  grid: {
    display: "grid",
    gap: `${GAP}px`,
    maxHeight: "100%",
    overflow: "auto",
    outlineStyle: "none",
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface TileGridProps {
  images: readonly LeasedImage[];
  page: PageState;
  grid: Grid;
  labels: readonly Label[];
  onPress: (index: number, extend: boolean) => void;
}

export function TileGrid({ images, page, grid, labels, onPress }: TileGridProps) {
  const styles = useStyles();
  const listbox = useRef<HTMLDivElement>(null);
  // The listbox has the browser's focus all the time, and says which tile is the active one.
  useEffect(() => {
    listbox.current?.focus({ preventScroll: true });
  }, [page.leaseId]);
  useEffect(() => {
    // In braces, because newer browsers answer with a promise.
    document.getElementById(tileId(page.focus))?.scrollIntoView({ block: "nearest" });
  }, [page.focus, page.leaseId]);
  const names = new Map(labels.map((label) => [label.id, label]));
  return (
    <div
      ref={listbox}
      role="listbox"
      tabIndex={0}
      aria-multiselectable
      aria-label={texts.tagging.images}
      aria-activedescendant={tileId(page.focus)}
      className={styles.grid}
      style={{ gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`, gridAutoRows: `${grid.rowHeight}px` }}
    >
      {images.map((image, index) => {
        const mark = page.marks[image.id];
        return (
          <Tile
            key={image.id}
            image={image}
            url={pictureUrl(image, images.length)}
            index={index}
            mark={mark}
            label={mark?.kind === "tag" ? names.get(mark.label) : undefined}
            selected={page.selected.has(image.id)}
            focused={index === page.focus}
            onPress={onPress}
          />
        );
      })}
    </div>
  );
}
