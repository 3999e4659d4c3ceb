import { makeStyles, tokens } from "@fluentui/react-components";
import { Suspense, useCallback, useEffect, useReducer, useState } from "react";
import type { Lease, Project } from "../api/types";
import { loadDraft, saveDraft } from "./drafts";
import { KeysDialog, loadDialogs, SkipDialog } from "./dialogs";
import { fitGrid } from "./layout";
import { isComplete, openPage, reduce, targets, toSubmission, type SubmissionBody } from "./page";
import { Panel } from "./Panel";
import { TileGrid } from "./TileGrid";
import { useKeys } from "./useKeys";
import { useSize } from "./useSize";

const SEARCH_ID = "tag-search";

const useStyles = makeStyles({
  stage: { flex: 1, minWidth: 0, margin: tokens.spacingVerticalM },
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
  const [dialog, setDialog] = useState<"skip" | "keys" | null>(null);
  const [stage, room] = useSize();

  const opened = {
    leaseId: lease.id,
    ids: lease.images.map((image) => image.id),
    marks: loadDraft(
      lease.id,
      labels.map((label) => label.id),
    ),
  };
  const [page, dispatch] = useReducer(reduce, null, () => openPage(opened.leaseId, opened.ids, opened.marks));
  if (page.leaseId !== lease.id) dispatch({ type: "open", ...opened });
  useEffect(loadDialogs, []);
  useEffect(() => saveDraft(page.leaseId, page.marks), [page.leaseId, page.marks]);

  const grid = room && fitGrid(lease.images.length, room.width, room.height);
  const onPress = useCallback((index: number, extend: boolean) => dispatch({ type: "click", index, extend }), []);
  const act = {
    pick: onPick,
    move: (to: number, extend: boolean) => dispatch({ type: "move", to, extend }),
    toggle: () => dispatch({ type: "toggle" }),
    selectAll: () => dispatch({ type: "selectAll" }),
    selectNone: () => (past && page.selected.size === 0 ? past.onLeave() : dispatch({ type: "selectNone" })),
    back: () => onBack?.(),
    instructions: () => onInstructions?.(),
    tag: (label: number) => dispatch({ type: "tag", label }),
    tagRest: (label: number) => dispatch({ type: "tagRest", label }),
    clear: () => dispatch({ type: "clear" }),
    undo: () => dispatch({ type: "undo" }),
    askToSkip: () => setDialog("skip"),
    showKeys: () => setDialog("keys"),
    search: () => document.getElementById(SEARCH_ID)?.focus(),
    submit: () => {
      if (isComplete(page)) onSubmit(toSubmission(page));
    },
  };
  useKeys({ ...act, labels, columns: grid?.columns ?? 1, focus: page.focus, count: page.ids.length }, dialog === null);

  return (
    <>
      <div className={styles.stage} ref={stage}>
        {grid && <TileGrid images={lease.images} page={page} grid={grid} labels={labels} onPress={onPress} />}
      </div>
      <Panel
        page={page}
        focused={lease.images[page.focus]}
        labels={labels}
        count={count}
        searchId={SEARCH_ID}
        past={past}
        act={act}
      />
      <Suspense>
        {dialog === "skip" && (
          <SkipDialog
            count={targets(page).length}
            onClose={() => setDialog(null)}
            onSkip={(reason) => {
              dispatch({ type: "skip", reason });
              setDialog(null);
            }}
          />
        )}
        {dialog === "keys" && <KeysDialog onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  );
}
