import { makeStyles, tokens } from "@fluentui/react-components";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useMe } from "../api/queries";
import type { Label, Project } from "../api/types";
import { BoardDialogs, type Opened } from "./BoardDialogs";
import { BoardState } from "./BoardState";
import { loadDialogs } from "./dialogs";
import { Grid } from "./Grid";
import { ImagePanel } from "./ImagePanel";
import { reload } from "./images";
import { destination, type Command, type Plain } from "./keys";
import { forgetPlace } from "./lastView";
import { focusIn, goOn, move, press, selectAll, selectNone, startAt, targets, toggle } from "./picks";
import { deskOf } from "./review";
import { ReviewBar } from "./ReviewBar";
import type { Stepped } from "./SideBySide";
import { layoutOf, storedSize, storeSize, type Size } from "./sizes";
import { Tools } from "./Tools";
import { useBoard } from "./useBoard";
import { useKeys } from "./useKeys";
import type { ViewState } from "./useView";
import { useWidth } from "./useWidth";
import { expectedCount } from "./view";
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
  const me = useMe().data;
  const desk = deskOf(project.id);
  const reviewing = useSyncExternalStore(desk.subscribe, desk.read);
  const { query, rows, picks, setPicks, goOn: fetchOn } = useBoard(project, filter, viewName);
  const [size, setSize] = useState(storedSize);
  const [opened, setOpened] = useState<Opened>(null);
  const [room, width] = useWidth();
  const list = useRef<HTMLDivElement>(null);
  useEffect(loadDialogs, []);

  const layout = useMemo(
    () => (width === null ? null : layoutOf(width, size, sideBySide)),
    [width, size, sideBySide],
  );
  const focus = focusIn(picks, rows);
  const chosen = targets(picks, rows);
  const onPress = useCallback(
    (index: number, extend: boolean) => setPicks((before) => press(before, rows, index, extend)),
    [rows, setPicks],
  );
  const onOpen = useCallback(
    (index: number) => {
      setPicks((before) => move(selectNone(before), rows, index, false));
      setOpened("large");
    },
    [rows, setPicks],
  );

  const label = (to: Label | undefined) => {
    if (!to || !me || chosen.length === 0) return;
    void desk.label(chosen, to, me);
    setPicks(goOn(picks, rows));
  };
  const reject = (reason: string) => {
    void desk.reject(chosen, reason);
    setPicks(goOn(picks, rows));
  };
  const step = (command: Extract<Command, { type: "move" }>) => {
    const main = list.current?.closest("main");
    if (!layout || !main || rows.length === 0) return;
    const seen = Math.floor(main.clientHeight / (layout.rowHeight + layout.gap));
    const to = destination(command.by, focus, rows.length, layout.columns, seen);
    setPicks(move(picks, rows, to, command.extend));
    list.current?.focus({ preventScroll: true });
  };
  const leave = () => {
    if (picks.selected.size === 0) onPanel(false);
    setPicks(selectNone(picks));
  };
  const open = (dialog: Opened) => {
    if (dialog === "keys" || chosen.length > 0) setOpened(dialog);
  };
  const close = () => {
    setOpened(null);
    list.current?.focus({ preventScroll: true });
  };
  const plain: Record<Plain, () => void> = {
    toggle: () => setPicks(toggle(picks, rows)),
    selectAll: () => setPicks(selectAll(picks, rows)),
    selectNone: leave,
    reject: () => open("reject"),
    undo: () => void desk.undo(),
    enlarge: () => open("large"),
    details: () => onPanel(!isPanelOpen),
    search: () => open("label"),
    showKeys: () => open("keys"),
    nextLabel: () => onStep("label", 1),
    previousLabel: () => onStep("label", -1),
    nextLabeler: () => onStep("labeler", 1),
    previousLabeler: () => onStep("labeler", -1),
  };
  const run = (command: Command) => {
    if (command.type === "move") step(command);
    else if (command.type === "label") label(project.labels[command.place]);
    else if (command.type !== "nothing") plain[command.type]();
  };
  useKeys(run, opened === null);

  const resize = (to: Size) => {
    storeSize(to);
    setSize(to);
  };
  const loadAnew = () => {
    forgetPlace(viewName);
    setPicks(startAt(0));
    void reload(project.id);
  };
  const focused = rows[focus];
  return (
    <>
      <Tools
        count={countWords(rows.length, expectedCount(filter, state.progress), query)}
        loadedAt={query.dataUpdatedAt}
        size={size}
        isSideBySide={sideBySide}
        onSize={resize}
        onReload={loadAnew}
        onView={onView}
      />
      <div className={styles.columns}>
        <div className={styles.main} ref={room}>
          {layout && rows.length > 0 && (
            <Grid
              ref={list}
              projectId={project.id}
              viewName={viewName}
              rows={rows}
              isComplete={!query.hasNextPage}
              filter={filter}
              labels={project.labels}
              layout={layout}
              picks={picks}
              focus={focus}
              onPress={onPress}
              onOpen={onOpen}
              onSeen={fetchOn}
            />
          )}
          <BoardState query={query} count={rows.length} state={state} />
        </div>
        {isPanelOpen && focused && <ImagePanel project={project} row={focused} onClose={() => onPanel(false)} />}
      </div>
      {focused && (
        <ReviewBar
          selected={picks.selected.size}
          focused={focused.name}
          reviewing={reviewing}
          isPanelOpen={isPanelOpen}
          run={(type) => plain[type]()}
        />
      )}
      <BoardDialogs
        opened={opened}
        chosen={chosen}
        labels={project.labels}
        onReject={reject}
        onLabel={label}
        onClose={close}
      />
    </>
  );
}
