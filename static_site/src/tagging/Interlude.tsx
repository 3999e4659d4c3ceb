import { Button, makeStyles } from "@fluentui/react-components";
import { useProgress } from "../api/queries";
import { LinkButton } from "../parts/LinkButton";
import { Nothing, problemText, Wait } from "../parts/States";
import { useNow } from "../parts/useNow";
import { texts } from "../texts";
import { useReturns, useSubmissions } from "./calls";
import type { Idle } from "./desk";

const useStyles = makeStyles({ whole: { height: "100%", display: "grid", placeItems: "center" } });

interface InterludeProps {
  projectId: string;
  idle: Idle;
  onRetry: () => void;
}

/** What is shown while there are no images to label: why, and what comes next. */
export function Interlude(props: InterludeProps) {
  return (
    <div className={useStyles().whole}>
      <div role="status">
        <Words {...props} />
      </div>
    </div>
  );
}

function Words({ projectId, idle, onRetry }: InterludeProps) {
  const sending = useSubmissions().sending > 0;
  const isReturnDelayed = useReturns().delay !== null;
  const progress = useProgress(projectId, false).data;
  const home = <LinkButton to="/labeling">{texts.tagging.home}</LinkButton>;
  switch (idle.kind) {
    case "opening":
      if (sending) return <Wait label={texts.tagging.sendingFirst} />;
      return <Wait label={isReturnDelayed ? texts.tagging.busy : texts.tagging.opening} />;
    case "busy":
      return <Wait label={texts.tagging.busy} />;
    case "away":
      return (
        <Nothing title={texts.tagging.awayTitle} actions={home}>
          {texts.tagging.away}
        </Nothing>
      );
    case "paused":
      return (
        <Nothing title={texts.tagging.pausedTitle} actions={home}>
          {texts.tagging.paused}
        </Nothing>
      );
    case "trouble":
      return (
        <Nothing
          title={texts.tagging.troubleTitle}
          actions={
            <>
              <Button onClick={onRetry}>{texts.common.tryAgain}</Button>
              {home}
            </>
          }
        >
          {problemText(idle.error)}
        </Nothing>
      );
    case "nothing":
      if (idle.others > 0) {
        return (
          <Nothing title={texts.tagging.othersTitle} actions={home}>
            <Others count={idle.others} nextFreeAt={idle.nextFreeAt} />
          </Nothing>
        );
      }
      if (progress && progress.preparing > 0) {
        return <Nothing title={texts.tagging.preparingTitle}>{texts.tagging.preparing(progress.preparing)}</Nothing>;
      }
      // Images have become free since: the next attempt gets them.
      if (!progress || progress.waiting + progress.leased > 0) return <Wait label={texts.tagging.opening} />;
      if (progress.labeled + progress.skipped === 0) {
        return (
          <Nothing title={texts.tagging.emptyTitle} actions={home}>
            {texts.tagging.empty}
          </Nothing>
        );
      }
      return (
        <Nothing title={texts.tagging.doneTitle} actions={home}>
          {texts.tagging.done(progress.labeled, progress.skipped)}
        </Nothing>
      );
  }
}

/** Counts down. Only its first words are read aloud, not each change of a figure. */
function Others({ count, nextFreeAt }: { count: number; nextFreeAt: string | null }) {
  const now = useNow(1_000);
  const next = nextFreeAt && texts.tagging.nextFree(Date.parse(nextFreeAt) - now);
  return (
    <span aria-live="off">
      {[texts.tagging.others(count), next].filter(Boolean).join("; ")}. {texts.tagging.goesOn}
    </span>
  );
}
