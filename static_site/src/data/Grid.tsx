import { makeStyles, tokens, useRestoreFocusTarget } from "@fluentui/react-components";
import { useEffect, type RefObject } from "react";
import type { ImageRow, Label } from "../api/types";
import { texts } from "../texts";
import type { Picks } from "./picks";
import type { Layout } from "./sizes";
import { Tile, tileId } from "./Tile";
import { useWindow } from "./useWindow";
import type { ImageFilter } from "../api/queries/images";
import { matches } from "./view";

const useStyles = makeStyles({
  grid: {
    position: "relative",
    outlineStyle: "none",
    borderRadius: tokens.borderRadiusMedium,
    ":focus-visible": { outline: `1px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "4px" },
  },
  row: { position: "absolute", insetInline: 0, top: 0, display: "grid" },
});

interface GridProps {
  ref: RefObject<HTMLDivElement | null>;
  projectId: string;
  /** What is looked at: where one was in it is remembered by this name. */
  viewName: string;
  rows: readonly ImageRow[];
  isComplete: boolean;
  filter: ImageFilter;
  labels: readonly Label[];
  layout: Layout;
  picks: Picks;
  focus: number;
  onPress: (index: number, extend: boolean) => void;
  onOpen: (index: number) => void;
  /** Called with the last image in sight, whenever that may have changed. */
  onSeen: (index: number) => void;
}

/** The tiles of all images that are loaded. Only those in sight are drawn; the listbox has the browser's focus all the
 *  time and says which tile is the active one, so that no scrolling takes the focus away. */
export function Grid(props: GridProps) {
  const { ref: list, rows, layout, picks, focus, onSeen } = props;
  const styles = useStyles();
  const window = useWindow(list, rows.length, layout, focus, props.viewName);
  useEffect(() => onSeen(window.lastSeen));
  const active = rows[focus];
  // Where the focus goes when a dialog is closed.
  const returns = useRestoreFocusTarget();
  return (
    <div
      {...returns}
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-multiselectable
      aria-label={texts.data.images}
      aria-activedescendant={active && tileId(active.id)}
      className={styles.grid}
      style={{ height: window.height }}
    >
      {window.rows.map(({ key, index, start }) => (
        <div
          key={key}
          role="presentation"
          className={styles.row}
          style={{
            transform: `translateY(${start}px)`,
            gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
            gridAutoRows: `${layout.rowHeight}px`,
            gap: `${layout.gap}px`,
          }}
        >
          {rows.slice(index * layout.columns, (index + 1) * layout.columns).map((row, column) => {
            const at = index * layout.columns + column;
            return (
              <Tile
                key={row.id}
                projectId={props.projectId}
                row={row}
                index={at}
                count={props.isComplete ? rows.length : -1}
                labels={props.labels}
                layout={layout}
                isSelected={picks.selected.has(row.id)}
                isFocused={at === focus}
                isFaded={!matches(row, props.filter)}
                onPress={props.onPress}
                onOpen={props.onOpen}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}
