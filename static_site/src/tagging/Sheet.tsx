import { makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useCallback, useEffect, useReducer, useState } from "react";
import type { Lease, Project } from "../api/types";
import { run, type SheetActions } from "./actions";
import { KeysDialog, LabelsDialog, LargeView, loadDialogs } from "./dialogs";
import { loadDraft, saveDraft } from "./drafts";
import { BELOW, NARROW } from "./forms";
import { LargeTags } from "./LargeTags";
import { fitGrid } from "./layout";
import { isComplete, openPage, reduce, targets, toSubmission, untagged, type SubmissionBody } from "./page";
import { Panel } from "./Panel";
import { PastBar } from "./PastBar";
import { loadReasons, saveReason } from "./recent";
import SkipDialog from "./SkipDialog";
import { SuggestionBar } from "./SuggestionBar";
import { hasAny, suggestionsFor } from "./suggestions";
import TagSearch from "./TagSearch";
import { TileGrid } from "./TileGrid";
import { useBroken } from "./useBroken";
import { useGlance } from "./useGlance";
import { useKeys } from "./useKeys";
import { useRecentTags } from "./useRecentTags";
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

interface SheetProps {
  lease: Lease;
  project: Project;
  count: number;
  onPick: (count: number) => void;
  onSubmit: (body: SubmissionBody) => void;
  /** One page further back among those that were submitted in this sitting; absent where there is none. */
  onBack?: () => void;
  onInstructions?: () => void;
  /** Set while `lease` is a page that was submitted already and is shown to be corrected. */
  past?: { title: string; onLeave: () => void };
}

/** One page of images: the grid, the panel and the keys over one state. */
export function Sheet({ lease, project, count, onPick, onSubmit, onBack, onInstructions, past }: SheetProps) {
  const styles = useStyles();
  const { labels } = project;
  const [dialog, setDialog] = useState<"skip" | "keys" | "search" | "examples" | null>(null);
  const [stage, room] = useRoom();
  const used = useRecentTags(project.id, labels);

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
    openPage(opened.leaseId, opened.ids, opened.marks, opened.suggestions),
  );
  if (page.leaseId !== lease.id) dispatch({ type: "open", ...opened });
  const broken = useBroken(page.ids);
  const isSeen = useGlance(page.leaseId);
  useEffect(loadDialogs, []);
  useEffect(() => saveDraft(page.leaseId, page.marks), [page.leaseId, page.marks]);

  const grid = room && fitGrid(lease.images, room);
  const onPress = useCallback((index: number, extend: boolean) => dispatch({ type: "click", index, extend }), []);
  const close = () => setDialog(null);
  const act: SheetActions = {
    pick: onPick,
    move: (to, extend) => dispatch({ type: "move", to, extend }),
    toggle: () => dispatch({ type: "toggle" }),
    selectAll: () => dispatch({ type: "selectAll" }),
    selectUntagged: () => dispatch({ type: "select", ids: untagged(page) }),
    tag: (label) => {
      dispatch({ type: "tag", label });
      used.note(label);
    },
    tagRest: (label) => {
      dispatch({ type: "tagRest", label });
      used.note(label);
    },
    accept: () => dispatch({ type: "accept" }),
    turn: () => dispatch({ type: "turn" }),
    clear: () => dispatch({ type: "clear" }),
    undo: () => dispatch({ type: "undo" }),
    redo: () => dispatch({ type: "redo" }),
    askToSkip: () => setDialog("skip"),
    search: () => setDialog("search"),
    enlarge: () => dispatch({ type: "enlarge", index: page.focus }),
    leave: () => {
      if (page.selected.size > 0) dispatch({ type: "selectNone" });
      else past?.onLeave();
    },
    submit: () => {
      if (isComplete(page) && (hasAny(page.marks) || isSeen())) onSubmit(toSubmission(page));
    },
    showKeys: () => setDialog("keys"),
    back: onBack && (() => {
      dispatch({ type: "shrink" });
      onBack();
    }),
    instructions: onInstructions,
    examples: () => setDialog("examples"),
  };
  const around = { page, labels, columns: grid?.columns ?? 1 };
  useKeys((command) => run(command, around, act), dialog === null);
  const sought = [...used.keyless, ...labels.filter((label) => !used.keyless.includes(label))];
  const tags = { project: project.id, page, labels, recent: used.recent, isPast: past !== undefined, act };

  return (
    <div className={styles.sheet}>
      <div className={styles.main}>
        {past && <PastBar {...past} />}
        {!past && (project.mlAssist || hasAny(page.suggestions)) && (
          <SuggestionBar project={project} lease={lease} page={page} onAccept={act.accept} />
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
        {...tags}
        focused={lease.images[page.focus]}
        count={count}
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
          >
            <LargeTags {...tags} />
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
      {dialog === "search" && <TagSearch labels={sought} onTag={act.tag} onTagRest={act.tagRest} onClose={close} />}
      <Suspense>
        {dialog === "keys" && <KeysDialog onClose={close} />}
        {dialog === "examples" && <LabelsDialog project={project} onClose={close} />}
      </Suspense>
    </div>
  );
}
