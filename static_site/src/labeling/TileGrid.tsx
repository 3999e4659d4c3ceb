import { makeStyles, tokens, useRestoreFocusTarget } from "@fluentui/react-components";
import { useEffect, useId, useMemo, useRef, type MouseEvent, type PointerEvent } from "react";
import type { Label, LeasedImage } from "../api/types";
import { isGiven } from "../tasks/marks";
import { texts } from "../texts";
import { GAP, pictureUrl, type Grid } from "./layout";
import { suggestedFor, turnsTo, type PageState } from "./pageState";
import { Tile } from "./Tile";
import type { useBroken } from "./useBroken";
import { useMarquee } from "./useMarquee";
import { useTouch } from "./useTouch";

const useStyles = makeStyles({
  // Around the grid too a rectangle may begin.
  room: { position: "absolute", inset: 0, userSelect: "none" },
  grid: {
    position: "relative",
    display: "grid",
    gap: `${GAP}px`,
    maxHeight: "100%",
    overflow: "auto",
    outlineStyle: "none",
    borderRadius: tokens.borderRadiusMedium,
    // Neither a wait for a second tap, nor the page's own zoom; two fingers and scrolling work.
    touchAction: "pan-x pan-y pinch-zoom",
    WebkitTouchCallout: "none",
  },
  marquee: {
    position: "absolute",
    pointerEvents: "none",
    boxSizing: "border-box",
    border: `2px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: `color-mix(in srgb, ${tokens.colorBrandStroke1} 15%, transparent)`,
    zIndex: 1,
  },
});

interface TileGridProps {
  images: readonly LeasedImage[];
  page: PageState;
  grid: Grid;
  labels: readonly Label[];
  broken: ReturnType<typeof useBroken>;
  onPress: (index: number, extend: boolean) => void;
  /** A suggested label was clicked. */
  onTurn: (index: number) => void;
  onOpen: (index: number) => void;
  onSelect: (ids: readonly string[]) => void;
}

export function TileGrid({ images, page, grid, labels, broken, onPress, onTurn, onOpen, onSelect }: TileGridProps) {
  const styles = useStyles();
  const listbox = useRef<HTMLDivElement>(null);
  // Of this grid's own: another page may wait behind this one.
  const base = useId();
  const tileId = (index: number): string => `${base}${index}`;
  // The listbox has the browser's focus all the time but for the large view, and says which tile is the active one.
  useEffect(() => {
    if (!page.isLarge) listbox.current?.focus({ preventScroll: true });
  }, [page.leaseId, page.isLarge]);
  useEffect(() => {
    // With the frame, which needs the layout anyway: at once it would be worked out twice before a new page is painted.
    const frame = requestAnimationFrame(() => {
      document.getElementById(`${base}${page.focus}`)?.scrollIntoView({ block: "nearest" });
    });
    return () => cancelAnimationFrame(frame);
  }, [base, page.focus, page.leaseId]);
  // Where the focus goes when a dialog is closed.
  const returns = useRestoreFocusTarget();
  const touch = useTouch({ onPress, onTurn, onOpen });
  const dragging = useMarquee({ scroller: listbox, ids: page.ids, selected: page.selected, onSelect });
  const selected = dragging.marquee?.selected ?? page.selected;
  const rect = dragging.marquee?.rect;
  const names = useMemo(() => new Map(labels.map((label) => [label.id, label])), [labels]);
  return (
    <div
      className={styles.room}
      {...touch}
      onPointerDown={(event: PointerEvent) => {
        touch.onPointerDown(event);
        dragging.onPointerDown(event);
      }}
      onClick={(event: MouseEvent) => {
        if (!dragging.isClickVoid.current) touch.onClick(event);
      }}
    >
      <div
        {...returns}
        ref={listbox}
        role="listbox"
        tabIndex={0}
        aria-multiselectable
        aria-label={texts.labeling.images}
        aria-activedescendant={tileId(page.focus)}
        className={styles.grid}
        style={{ gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`, gridAutoRows: `${grid.rowHeight}px` }}
      >
        {images.map((image, index) => {
          const mark = page.marks[image.id];
          const other = turnsTo(page, image.id);
          return (
            <Tile
              key={image.id}
              id={tileId(index)}
              image={image}
              url={pictureUrl(image, images)}
              width={grid.picture.width}
              height={grid.picture.height}
              index={index}
              task={page.task}
              names={names}
              mark={isGiven(mark) ? mark : undefined}
              suggested={suggestedFor(page, image.id)}
              turnsTo={other === undefined ? undefined : names.get(other)?.name}
              selected={selected.has(image.id)}
              focused={index === page.focus}
              broken={broken.broken.has(image.id)}
              attempt={broken.attempts[image.id] ?? 0}
              onBroken={broken.report}
            />
          );
        })}
        {rect && (
          <div
            aria-hidden
            className={styles.marquee}
            style={{ left: rect.left, top: rect.top, width: rect.right - rect.left, height: rect.bottom - rect.top }}
          />
        )}
      </div>
    </div>
  );
}
