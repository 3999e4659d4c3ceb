import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { Project } from "../api/types";
import { canAskAll, countAskable } from "./askingAll";
import { BoardDialogs } from "./BoardDialogs";
import { BoardState } from "./BoardState";
import { loadDialogs } from "./dialogs";
import { Grid } from "./Grid";
import { ImagePanel } from "./ImagePanel";
import { nextDisputed } from "./opinions";
import { reviewsOf } from "./review";
import { ReviewBar } from "./ReviewBar";
import type { Stepped } from "./actions";
import { layoutOf, storedSize, storeSize, type Size } from "./sizes";
import { Tools } from "./Tools";
import { useBoard } from "./useBoard";
import { useBoardActions } from "./useBoardActions";
import { useOpinionsAhead } from "./useOpinions";
import type { ViewState } from "./useView";
import { useWidth } from "./useWidth";
import { countFilters, expectedCount } from "./view";
import { countWords } from "./words";

const useStyles = makeStyles({
  columns: { display: "flex", gap: tokens.spacingHorizontalL, alignItems: "flex-start" },
  main: { flex: 1, minWidth: 0, minHeight: "50vh", display: "flex", flexDirection: "column" },
});

interface BoardProps {
  project: Project;
  state: ViewState;
  viewName: string;
  isPanelOpen: boolean;
  onPanel: (isOpen: boolean) => void;
  onView: () => void;
  onStep: (part: Stepped, step: 1 | -1) => void;
}

/** The images of one view: the grid, the details and the bar over one state. */
export function Board({ project, state, viewName, isPanelOpen, onPanel, onView, onStep }: BoardProps) {
  const styles = useStyles();
  const { filter, sideBySide } = state.view;
  const { labels } = project;
  const reviews = reviewsOf(project.id);
  const reviewing = useSyncExternalStore(reviews.subscribe, reviews.read);
  const { query, rows, picks, setPicks, goOn, loadAll } = useBoard(project, filter, viewName);
  const [size, setSize] = useState(storedSize);
  const [room, width] = useWidth();
  const list = useRef<HTMLDivElement>(null);
  useEffect(loadDialogs, []);

  const layout = useMemo(
    () => (width === null ? null : layoutOf(width, size, sideBySide, filter.doubted ? 2 : 1)),
    [width, size, sideBySide, filter.doubted],
  );
  const isComplete = !query.hasNextPage;
  const around = {
    ...{ project, viewName, reviews, rows, picks, setPicks, layout, list, isPanelOpen, onPanel, onStep },
    ...{ isComplete, loadAll, canUndo: reviewing.past.length > 0, canAskAll: canAskAll(filter) },
  };
  const board = useBoardActions(around);
  const following = board.focused?.state === "disputed" ? rows[nextDisputed(rows, board.focus)] : undefined;
  useOpinionsAhead(project.id, following?.state === "disputed" ? following.id : undefined);

  const resize = (to: Size) => {
    storeSize(to);
    setSize(to);
  };
  return (
    <>
      <Tools
        project={project}
        count={countWords(rows.length, expectedCount(filter, state.progress), query)}
        filters={countFilters(state.view)}
        loadedAt={query.dataUpdatedAt}
        size={size}
        isSideBySide={sideBySide}
        onSize={resize}
        onReload={board.loadAnew}
        onView={onView}
        onClear={state.clear}
      />
      <div className={styles.columns}>
        <div className={styles.main} ref={room}>
          {layout && rows.length > 0 && (
            <Grid
              ref={list}
              projectId={project.id}
              viewName={viewName}
              rows={rows}
              isComplete={isComplete}
              filter={filter}
              labels={labels}
              layout={layout}
              picks={picks}
              focus={board.focus}
              onPress={board.onPress}
              onOpen={board.onOpen}
              onSeen={goOn}
            />
          )}
          <BoardState query={query} count={rows.length} projectId={project.id} state={state} />
        </div>
        {isPanelOpen && board.focused && (
          <ImagePanel
            project={project}
            row={board.focused}
            dispute={board.dispute}
            side={layout && board.focus % layout.columns >= layout.columns / 2 ? "left" : "right"}
            onClose={() => onPanel(false)}
          />
        )}
      </div>
      {board.focused && (
        <ReviewBar
          selected={picks.selected.size}
          focused={board.focused.name}
          isDoubted={filter.doubted ?? false}
          underway={reviewing.underway}
          isPanelOpen={isPanelOpen}
          act={board.act}
        />
      )}
      <BoardDialogs
        project={project}
        rows={rows}
        filter={filter}
        askable={countAskable(filter, rows, isComplete, state.progress)}
        board={board}
      />
    </>
  );
}
