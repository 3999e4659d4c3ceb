import { makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useCallback, useEffect, useMemo, useReducer, useState } from "react";
import type { Lease, Project } from "../api/types";
import type { SubmissionBody } from "../outbox/submission";
import { useActions } from "../parts/actions";
import { taskOf } from "../tasks";
import { rivalsOf } from "../tasks/rivals";
import { ownKeys, sheetOf, type PageAt, type SheetAt } from "./actions";
import { LabelsDialog, LargeView, loadDialogs } from "./dialogs";
import { loadDraft, saveDraft } from "../outbox/drafts";
import { BELOW, NARROW } from "./forms";
import { LargeSheet } from "./LargeSheet";
import { fitGrid } from "./layout";
import { openPage, reduce } from "./page";
import { targets, toSubmission } from "./pageState";
import { Panel } from "./Panel";
import { PastBar } from "./PastBar";
import { loadReasons, saveReason } from "./recent";
import SkipDialog from "./SkipDialog";
import { SuggestionBar } from "./SuggestionBar";
import { hasAny, suggestionsFor } from "./suggestions";
import LabelSearch from "./LabelSearch";
import { TileGrid } from "./TileGrid";
import { useBroken } from "./useBroken";
import { useGlance } from "./useGlance";
import { useRecentLabels } from "./useRecentLabels";
import { useRoom } from "./useRoom";

const useStyles = makeStyles({
  sheet: { flex: 1, minWidth: 0, minHeight: 0, display: "flex", [BELOW]: { flexDirection: "column" } },
  main: {
    flex: 1,
    minWidth: 0,
    minHeight: 0,
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingVerticalM,
    [NARROW]: { padding: tokens.spacingVerticalS },
  },
  stage: { flex: 1, minHeight: 0, position: "relative" },
});

export interface SheetProps extends PageAt {
  lease: Lease;
  project: Project;
  count: number;
  /** False while a dialog of the page is open. */
  isListening: boolean;
  onPick: (count: number) => void;
  onSubmit: (body: SubmissionBody) => void;
  /** Set while `lease` is a page that was submitted already and is shown to be corrected. */
  past?: { title: string; onLeave: () => void };
}

/** One page of images: the grid, the panel and the keys over one state. */
export function Sheet({ lease, project, count, isListening, onPick, onSubmit, past, ...around }: SheetProps) {
  const styles = useStyles();
  const { labels, groups } = project;
  const task = taskOf(project);
  const table = useMemo(() => sheetOf(task), [task]);
  const [dialog, setDialog] = useState<"skip" | "search" | "examples" | null>(null);
  const [stage, room] = useRoom();
  const used = useRecentLabels(project.id, labels);

  const opened = {
    leaseId: lease.id,
    ids: lease.images.map((image) => image.id),
    marks: loadDraft(
      lease.id,
      labels.map((label) => label.id),
    ),
    // Of what was submitted it is decided, whatever was suggested.
    suggestions: past ? {} : suggestionsFor(lease.images, labels),
  };
  const [page, dispatch] = useReducer(reduce, null, () =>
    openPage(task, opened.leaseId, opened.ids, opened.marks, opened.suggestions),
  );
  if (page.leaseId !== lease.id) dispatch({ type: "open", ...opened });
  const broken = useBroken(page.ids);
  const isSeen = useGlance(page.leaseId);
  useEffect(loadDialogs, []);
  useEffect(() => saveDraft(page.leaseId, page.marks), [page.leaseId, page.marks]);

  const grid = room && fitGrid(lease.images, room);
  const onPress = useCallback((index: number, extend: boolean) => dispatch({ type: "click", index, extend }), []);
  const close = () => setDialog(null);
  const { note } = used;
  const onLabel = useCallback(
    (label: number, type: "label" | "labelRest" = "label") => {
      dispatch({ type, label, rivals: rivalsOf({ labels, groups }, label) });
      note(label);
    },
    [note, labels, groups],
  );
  const at: SheetAt = {
    ...around,
    page,
    labels,
    columns: grid?.columns ?? 1,
    dispatch,
    onLabel,
    onOpen: setDialog,
    onLeave: () => {
      if (page.selected.size > 0) dispatch({ type: "selectNone" });
      else past?.onLeave();
    },
    onSubmit: () => {
      const body = toSubmission(page);
      if (!body) dispatch({ type: "next" });
      else if (hasAny(page.marks) || isSeen()) onSubmit(body);
    },
    onBack: () => {
      dispatch({ type: "shrink" });
      around.onBack?.();
    },
  };
  const act = useActions(table, at, isListening && dialog === null);

  const sought = [...used.keyless, ...labels.filter((label) => !used.keyless.includes(label))];
  const shared = { project: project.id, page, labels, recent: used.recent, isPast: past !== undefined, act, onLabel };

  return (
    <div className={styles.sheet}>
      <div className={styles.main}>
        {past && <PastBar {...past} />}
        {!past && (project.mlAssist || hasAny(page.suggestions)) && (
          <SuggestionBar project={project} page={page} accept={act.accept} />
        )}
        <div className={styles.stage} ref={stage}>
          {grid && (
            <TileGrid
              images={lease.images}
              page={page}
              grid={grid}
              labels={labels}
              broken={broken}
              onPress={onPress}
              onTurn={(index) => dispatch({ type: "turn", index })}
              onOpen={(index) => dispatch({ type: "enlarge", index })}
              onSelect={(ids) => dispatch({ type: "select", ids })}
            />
          )}
        </div>
      </div>
      <Panel
        {...shared}
        focused={lease.images[page.focus]}
        count={count}
        onPick={onPick}
        short={past ? null : lease.short}
        broken={broken.count}
        onLoadAgain={broken.loadAgain}
      />
      <Suspense>
        {page.isLarge && (
          <LargeView
            projectId={project.id}
            images={lease.images}
            index={page.focus}
            onMove={(to) => dispatch({ type: "move", to, extend: false })}
            onClose={() => dispatch({ type: "shrink" })}
            taken={ownKeys(task)}
          >
            <LargeSheet {...shared} />
          </LargeView>
        )}
      </Suspense>
      {/* Ready with the page: whoever opens one goes on typing at once. */}
      {dialog === "skip" && (
        <SkipDialog
          count={targets(page).length}
          recent={loadReasons(project.id)}
          onClose={close}
          onSkip={(reason) => {
            dispatch({ type: "skip", reason });
            saveReason(project.id, reason);
            close();
          }}
        />
      )}
      {dialog === "search" && <LabelSearch labels={sought} hint={task.words.searchHint} onLabel={onLabel} onLabelRest={(label) => onLabel(label, "labelRest")} onClose={close} />}
      <Suspense>{dialog === "examples" && <LabelsDialog project={project} onClose={close} />}</Suspense>
    </div>
  );
}
