import { Suspense } from "react";
import type { ImageRow, Label } from "../api/types";
import { texts } from "../texts";
import { KeysDialog, LabelSearch, LargeView, RejectDialog } from "./dialogs";
import { LargeReview } from "./LargeReview";
import { canReject, type Reviewing } from "./review";
import type { BoardActions } from "./useBoardActions";

interface BoardDialogsProps {
  projectId: string;
  rows: readonly ImageRow[];
  labels: readonly Label[];
  reviewing: Reviewing;
  act: BoardActions;
}

/** What opens over the board. */
export function BoardDialogs({ projectId, rows, labels, reviewing, act }: BoardDialogsProps) {
  const { opened, chosen, close } = act;
  return (
    <>
      <Suspense>
        {act.isLarge && act.focused && (
          <LargeView
            projectId={projectId}
            images={rows.map((row) => ({ ...row, previewUrl: row.previewUrl ?? "" }))}
            index={act.focus}
            onMove={act.moveTo}
            onClose={act.shrink}
          >
            <LargeReview row={act.focused} labels={labels} reviewing={reviewing} run={(type) => act.run({ type })} />
          </LargeView>
        )}
      </Suspense>
      <Suspense>
        {opened === "reject" && (
          <RejectDialog
            count={chosen.filter(canReject).length}
            recent={act.reasons()}
            onReject={(reason) => {
              act.reject(reason);
              close();
            }}
            onClose={close}
          />
        )}
        {opened === "label" && (
          <LabelSearch
            title={texts.data.changeLabelTitle(chosen.length)}
            labels={labels}
            onTag={(id) => act.label(labels.find((label) => label.id === id))}
            onClose={close}
          />
        )}
        {opened === "keys" && <KeysDialog list={texts.data.keys} onClose={close} />}
      </Suspense>
    </>
  );
}
