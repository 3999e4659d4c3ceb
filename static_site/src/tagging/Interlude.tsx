import { Button, makeStyles } from "@fluentui/react-components";
import { useIsMutating } from "@tanstack/react-query";
import { useProgress } from "../api/queries";
import { formatTime } from "../parts/format";
import { LinkButton } from "../parts/LinkButton";
import { Nothing, problemText, Wait } from "../parts/States";
import { texts } from "../texts";
import { submissionKey } from "./calls";
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
      <div aria-live="polite">
        <Words {...props} />
      </div>
    </div>
  );
}

function Words({ projectId, idle, onRetry }: InterludeProps) {
  const sending = useIsMutating({ mutationKey: submissionKey(projectId) }) > 0;
  const progress = useProgress(projectId).data;
  const home = <LinkButton to="/labeling">{texts.tagging.home}</LinkButton>;
  switch (idle.kind) {
    case "opening":
      return <Wait label={sending ? texts.tagging.sendingFirst : texts.tagging.opening} />;
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
            {texts.tagging.others(idle.others, idle.nextFreeAt && formatTime(idle.nextFreeAt))}
          </Nothing>
        );
      }
      if (progress && progress.preparing > 0) {
        return <Nothing title={texts.tagging.preparingTitle}>{texts.tagging.preparing(progress.preparing)}</Nothing>;
      }
      // Images have become free since: the next attempt gets them.
      if (!progress || progress.waiting > 0) return <Wait label={texts.tagging.opening} />;
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
