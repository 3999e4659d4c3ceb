import { useCallback, useRef, useState, type RefObject } from "react";
import { useMe } from "../api/queries/me";
import type { ImageRow, Label, Project } from "../api/types";
import { useActions } from "../parts/actions";
import { problemText } from "../parts/States";
import { destination, type Step } from "../parts/steps";
import { notify } from "../parts/notices";
import { taskOf } from "../tasks";
import { askAllTexts, disputeTexts } from "../texts/opinions";
import { loadReasons, saveReason } from "../labeling/recent";
import { boardOf, type BoardAt, type Stepped } from "./actions";
import { reload } from "./images";
import { nextDisputed } from "./opinions";
import { forgetPlace } from "./lastView";
import { focusIn, goOn, move, press, selectAll, selectNone, startAt, targets, toggle, type Picks } from "./picks";
import { turned, type Relabeling } from "./relabeling";
import type { Reviews } from "./review";
import { canReject } from "./rows";
import type { Layout } from "./sizes";
import { useDispute } from "./useDispute";
import { knownOpinions } from "./useOpinions";

export type Opened = "reject" | "label" | "keys" | "askAll" | null;

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
  canAskAll: boolean;
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
  /** The one image that is meant, and seen. */
  const alone = chosen.length === 1 && chosen[0] === focused ? focused : undefined;
  const dispute = useDispute({
    ...{ project, me, reviews },
    row: alone,
    isSeen: isLarge || around.isPanelOpen,
    onSee: () => around.onPanel(true),
    onDecided: goOnAfter,
  });
  const relabel = (asked: Relabeling) => {
    // What people disagree on has no labels that something could be added to, or taken from.
    const undecided = asked.change === "set" ? [] : chosen.filter(({ state }) => state === "disputed");
    if (undecided.length > 0) notify(disputeTexts.oneByOne(undecided.length), "info");
    const others = chosen.filter((row) => !undecided.includes(row));
    if (me && others.length > 0) void reviews.relabel(others, asked, project, me);
    if (alone?.state === "disputed") goOnAfter();
  };
  const label = (to: Label | undefined) => {
    if (!to || chosen.length === 0) return;
    if (dispute.isMarking) return dispute.turn(to);
    // Who gives several labels gives them to the same images.
    if (!task.isOneLabel) return relabel(turned(chosen, to));
    relabel({ change: "set", labels: [to] });
    if (alone?.state !== "disputed") goOnAfter();
  };
  const ask = () => {
    if (chosen.length === 0) return;
    void reviews.ask(chosen);
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
  const enlarge = () => (isLarge ? shrink() : focused && setLarge(true));
  const leave = () => {
    if (picks.selected.size === 0) around.onPanel(false);
    setPicks(selectNone(picks));
  };
  const open = (dialog: Opened) => {
    if (dialog === "askAll" && !around.canAskAll) return notify(askAllTexts.notHere, "info");
    if (dialog === "keys" || chosen.length > 0) setOpened(dialog);
  };
  const at: BoardAt = {
    labels: project.labels,
    canUndo: around.canUndo,
    canAskAll: around.canAskAll,
    onMove: step,
    onToggle: () => setPicks(toggle(picks, rows)),
    onSelectAll: () => setPicks(selectAll(picks, rows)),
    onLeave: leave,
    onLabel: label,
    onNone: () => (dispute.isMarking ? dispute.clear() : relabel({ change: "set", labels: [] })),
    onTake: takeSuggested,
    onConfirm: confirm,
    // Where nothing can be rejected, the reviews say so.
    onReject: () => (chosen.some(canReject) ? open("reject") : void reviews.reject(chosen, "")),
    onAsk: ask,
    onDecide: () => (dispute.isMarking ? dispute.decide() : enlarge()),
    onChoose: dispute.choose,
    onUndo: () => void reviews.undo(),
    onEnlarge: enlarge,
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
    dispute,
    /** The labels of the image that is meant, to be changed. */
    marked: () => (dispute.isMarking && alone ? dispute.marked(knownOpinions(project.id, alone.id) ?? []) : (alone?.labels ?? [])),
    close,
    shrink,
    loadAnew,
    reasons: () => loadReasons(project.id, "rejections"),
  };
}

export type BoardActions = ReturnType<typeof useBoardActions>;
