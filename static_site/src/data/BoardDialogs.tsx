import { Suspense } from "react";
import type { ImageRow, Label } from "../api/types";
import { texts } from "../texts";
import { BOARD } from "./actions";
import { KeysDialog, LabelSearch, LargeView, RejectDialog } from "./dialogs";
import { LargeReview } from "./LargeReview";
import { canReject } from "./review";
import type { BoardActions } from "./useBoardActions";

interface BoardDialogsProps {
  projectId: string;
  rows: readonly ImageRow[];
  labels: readonly Label[];
  board: BoardActions;
}

/** What opens over the board. */
export function BoardDialogs({ projectId, rows, labels, board }: BoardDialogsProps) {
  const { opened, chosen, close } = board;
  return (
    <>
      <Suspense>
        {board.isLarge && board.focused && (
          <LargeView
            projectId={projectId}
            images={rows.map((row) => ({ ...row, previewUrl: row.previewUrl ?? "" }))}
            index={board.focus}
            onMove={board.moveTo}
            onClose={board.shrink}
          >
            <LargeReview row={board.focused} labels={labels} act={board.act} />
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
        {opened === "label" && (
          <LabelSearch
            hint={texts.data.searchHint}
            title={texts.data.changeLabelTitle(chosen.length)}
            labels={labels}
            onLabel={(id) => board.label(labels.find((label) => label.id === id))}
            onClose={close}
          />
        )}
        {opened === "keys" && <KeysDialog table={BOARD} onClose={close} />}
      </Suspense>
    </>
  );
}
