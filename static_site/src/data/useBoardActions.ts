import { useCallback, useRef, useState, type RefObject } from "react";
import { useMe } from "../api/queries/me";
import { historyQuery } from "../api/queries/images";
import { queryClient } from "../api/queryClient";
import type { ImageRow, Label, Project } from "../api/types";
import { useActions } from "../parts/actions";
import { problemText } from "../parts/States";
import { destination, type Step } from "../parts/steps";
import { notify } from "../parts/notices";
import { taskOf } from "../tasks";
import { disputeTexts } from "../texts/opinions";
import { loadReasons, saveReason } from "../labeling/recent";
import { boardOf, type BoardAt, type Stepped } from "./actions";
import { reload } from "./images";
import { choosable, nextDisputed, voicesOf } from "./opinions";
import { forgetPlace } from "./lastView";
import { focusIn, goOn, move, press, selectAll, selectNone, startAt, targets, toggle, type Picks } from "./picks";
import { turned, type Relabeling } from "./relabeling";
import { canReject, type Reviews } from "./review";
import type { Layout } from "./sizes";

export type Opened = "reject" | "label" | "keys" | null;

interface Around {
  project: Project;
  viewName: string;
  reviews: Reviews;
  rows: readonly ImageRow[];
  picks: Picks;
  setPicks: (change: Picks | ((before: Picks) => Picks)) => void;
  layout: Layout | null;
  list: RefObject<HTMLDivElement | null>;
  /** Whether the rows are all there are. */
  isComplete: boolean;
  canUndo: boolean;
  loadAll: () => Promise<readonly ImageRow[]>;
  isPanelOpen: boolean;
  onPanel: (isOpen: boolean) => void;
  onStep: (part: Stepped, step: 1 | -1) => void;
}

/** All that can be done on the board, by a key, a button or a press on a tile. */
export function useBoardActions(around: Around) {
  const { project, reviews, rows, picks, setPicks, layout, list } = around;
  const me = useMe().data;
  const task = taskOf(project);
  const [opened, setOpened] = useState<Opened>(null);
  const [isLarge, setLarge] = useState(false);
  const latestStep = useRef(0);
  const focus = focusIn(picks, rows);
  const focused = rows[focus];
  /** In the large view it is what one sees there. */
  const chosen = isLarge ? (focused ? [focused] : []) : targets(picks, rows);

  const onPress = useCallback(
    (index: number, extend: boolean) => setPicks((before) => press(before, rows, index, extend)),
    [rows, setPicks],
  );
  const moveTo = useCallback(
    (index: number) => setPicks((before) => move(before, rows, index, false)),
    [rows, setPicks],
  );
  const onOpen = useCallback(
    (index: number) => {
      moveTo(index);
      setLarge(true);
    },
    [moveTo],
  );

  const focusList = () => list.current?.focus({ preventScroll: true });
  const goOnAfter = () => {
    const isOne = isLarge || picks.selected.size === 0;
    if (isOne && focused?.state === "disputed") setPicks(move(picks, rows, nextDisputed(rows, focus), false));
    else setPicks(isLarge ? move(picks, rows, focus + 1, false) : goOn(picks, rows));
  };
  const close = () => {
    setOpened(null);
    if (!isLarge) focusList();
  };
  const shrink = () => {
    setLarge(false);
    focusList();
  };
  const relabel = (asked: Relabeling) => {
    if (me && chosen.length > 0) void reviews.relabel(chosen, asked, project, me);
  };
  const label = (to: Label | undefined) => {
    if (!to || chosen.length === 0) return;
    // Who gives several labels gives them to the same images.
    if (!task.isOneLabel) return relabel(turned(chosen, to));
    relabel({ change: "set", labels: [to] });
    goOnAfter();
  };
  const ask = () => {
    if (chosen.length === 0) return;
    void reviews.ask(chosen);
    goOnAfter();
  };
  /** Only what one sees is chosen. */
  const choose = (place: number) => {
    if (focused?.state !== "disputed" || chosen.length > 1) return;
    if (!isLarge && !around.isPanelOpen) return around.onPanel(true);
    const history = queryClient.getQueryData(historyQuery(project.id, focused.id).queryKey);
    if (!history) return notify(disputeTexts.notLoaded, "info");
    const voice = choosable(voicesOf(history.pages[0]?.opinions ?? []), place);
    if (!voice || !me) return;
    const labels = project.labels.filter(({ name }) => voice.labels.includes(name));
    void reviews.relabel([focused], { change: "set", labels }, project, me);
    goOnAfter();
  };
  const takeSuggested = () => {
    if (!me || chosen.length === 0) return;
    void reviews.takeSuggested(chosen, project, me);
    if (chosen.some((row) => row.suggestions)) goOnAfter();
  };
  const confirm = () => {
    if (chosen.length === 0) return;
    void reviews.confirm(chosen);
    goOnAfter();
  };
  const reject = (reason: string) => {
    saveReason(project.id, reason, "rejections");
    void reviews.reject(chosen, reason);
    goOnAfter();
  };
  /** To the last image of all, which has to be loaded first; unless the focus is moved elsewhere meanwhile. */
  const goToEnd = async (asked: number, extend: boolean) => {
    try {
      const all = await around.loadAll();
      if (latestStep.current === asked) setPicks((before) => move(before, all, all.length - 1, extend));
    } catch (error) {
      notify(problemText(error), "error");
    }
  };
  const step = (by: Step, extend: boolean) => {
    const main = list.current?.closest("main");
    if (!layout || !main || rows.length === 0) return;
    const seen = Math.floor(main.clientHeight / (layout.rowHeight + layout.gap));
    setPicks(move(picks, rows, destination(by, focus, rows.length, layout.columns, seen), extend));
    if (!isLarge) focusList();
    latestStep.current += 1;
    if (by === "End" && !around.isComplete) void goToEnd(latestStep.current, extend);
  };
  const leave = () => {
    if (picks.selected.size === 0) around.onPanel(false);
    setPicks(selectNone(picks));
  };
  const open = (dialog: Opened) => {
    if (dialog === "keys" || chosen.length > 0) setOpened(dialog);
  };
  const at: BoardAt = {
    labels: project.labels,
    canUndo: around.canUndo,
    onMove: step,
    onToggle: () => setPicks(toggle(picks, rows)),
    onSelectAll: () => setPicks(selectAll(picks, rows)),
    onLeave: leave,
    onLabel: label,
    onNone: () => relabel({ change: "set", labels: [] }),
    onTake: takeSuggested,
    onConfirm: confirm,
    // Where nothing can be rejected, the reviews say so.
    onReject: () => (chosen.some(canReject) ? open("reject") : void reviews.reject(chosen, "")),
    onAsk: ask,
    onChoose: choose,
    onUndo: () => void reviews.undo(),
    onEnlarge: () => (isLarge ? shrink() : focused && setLarge(true)),
    onDetails: () => around.onPanel(!around.isPanelOpen),
    onOpen: open,
    onStep: around.onStep,
  };
  const act = useActions(boardOf(task), at, opened === null);

  const loadAnew = () => {
    forgetPlace(around.viewName);
    setPicks(startAt(0));
    void reload(project.id);
  };
  return {
    focus,
    focused,
    chosen,
    opened,
    isLarge,
    onPress,
    onOpen,
    moveTo,
    act,
    label,
    relabel,
    reject,
    choose,
    close,
    shrink,
    loadAnew,
    reasons: () => loadReasons(project.id, "rejections"),
  };
}

export type BoardActions = ReturnType<typeof useBoardActions>;
