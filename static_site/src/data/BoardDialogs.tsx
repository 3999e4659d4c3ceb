import { Suspense } from "react";
import type { ImageFilter } from "../api/queries/images";
import type { ImageRow, Project } from "../api/types";
import { texts } from "../texts";
import { taskOf } from "../tasks";
import { boardOf, ownKeys } from "./actions";
import { AskAllDialog, KeysDialog, LabelsDialog, LabelSearch, LargeView, RejectDialog } from "./dialogs";
import { LargeReview } from "./LargeReview";
import { canReject } from "./rows";
import type { BoardActions } from "./useBoardActions";

interface BoardDialogsProps {
  project: Project;
  rows: readonly ImageRow[];
  filter: ImageFilter;
  /** On how many images of the filter more opinions may be asked for; null = that is not known. */
  askable: number | null;
  board: BoardActions;
}

/** What opens over the board. */
export function BoardDialogs({ project, rows, filter, askable, board }: BoardDialogsProps) {
  const { labels } = project;
  const task = taskOf(project);
  const { opened, chosen, close } = board;
  return (
    <>
      <Suspense>
        {board.isLarge && board.focused && (
          <LargeView
            projectId={project.id}
            images={rows.map((row) => ({ ...row, previewUrl: row.previewUrl ?? "" }))}
            index={board.focus}
            onMove={board.moveTo}
            onClose={board.shrink}
            taken={ownKeys(task)}
          >
            <LargeReview project={project} row={board.focused} act={board.act} dispute={board.dispute} />
          </LargeView>
        )}
      </Suspense>
      <Suspense>
        {opened === "reject" && (
          <RejectDialog
            count={chosen.filter(canReject).length}
            recent={board.reasons()}
            onReject={(reason) => {
              board.reject(reason);
              close();
            }}
            onClose={close}
          />
        )}
        {opened === "label" && !task.isOneLabel && (
          <LabelsDialog
            project={project}
            images={chosen}
            marked={board.marked()}
            onChange={(asked) => {
              board.relabel(asked);
              close();
            }}
            onClose={close}
          />
        )}
        {opened === "label" && task.isOneLabel && (
          <LabelSearch
            hint={texts.data.searchHint}
            title={texts.data.changeLabelTitle(chosen.length)}
            labels={labels}
            onLabel={(id) => board.label(labels.find((label) => label.id === id))}
            onClose={close}
          />
        )}
        {opened === "askAll" && <AskAllDialog project={project} filter={filter} count={askable} onClose={close} />}
        {opened === "keys" && <KeysDialog table={boardOf(task)} taken={ownKeys(task)} onClose={close} />}
      </Suspense>
    </>
  );
}
