import { Text, makeStyles } from "@fluentui/react-components";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import type { Check, Project, VerdictWord } from "../api/types";
import { useActions } from "../parts/actions";
import { Nothing, Wait } from "../parts/States";
import { checks } from "../texts/checks";
import { JUDGED } from "./actions";
import { checkAddress } from "./addresses";
import { JudgeButton } from "./JudgeButton";
import type { VerdictsView } from "./verdicts";

const useStyles = makeStyles({ whole: { flex: 1, minHeight: 0, overflowY: "auto", outlineStyle: "none" } });

interface JudgeEndProps {
  project: Project;
  check: Check;
  /** How many images there are. */
  count: number;
  view: VerdictsView;
  /** Others are to take the places of some. */
  isComing: boolean;
  last: VerdictWord | null;
  onUndo: () => void;
  onLeave: () => void;
}

/** All is judged: the way to the result, and back to the last image. */
export function JudgeEnd({ project, check, count, view, isComing, last, onUndo, onLeave }: JudgeEndProps) {
  const styles = useStyles();
  const navigate = useNavigate();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  const result = checkAddress(project.id, check.id);
  const act = useActions(JUDGED, { canUndo: last !== null, onUndo, onLeave, onResult: () => void navigate(result) });
  const isSaved = view.waiting.length === 0;
  return (
    <div ref={place} tabIndex={-1} className={styles.whole}>
      {isComing ? (
        <Wait />
      ) : (
        <Nothing
          title={count === 0 ? checks.noImages : checks.done}
          actions={
            <>
              <JudgeButton action={act.undo} />
              <JudgeButton action={act.result} appearance="primary" />
            </>
          }
        >
          <Text role="status">
            {last && checks.last(last)}
            {!isSaved && ` ${checks.sending(view.waiting.length)}`}
          </Text>
        </Nothing>
      )}
    </div>
  );
}
