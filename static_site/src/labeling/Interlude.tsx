import { Button, makeStyles } from "@fluentui/react-components";
import { isProblem } from "../api/client";
import { useProgress } from "../api/queries/projects";
import type { Project } from "../api/types";
import { useOutbox } from "../outbox/open";
import { useActions } from "../parts/actions";
import { LinkButton } from "../parts/LinkButton";
import { Nothing, problemText, Wait } from "../parts/States";
import { useNow } from "../parts/useNow";
import { useOnline } from "../parts/useOnline";
import { texts } from "../texts";
import { PAGE, type PageAt } from "./actions";
import { useReturns } from "./calls";
import type { Idle } from "./desk";

const useStyles = makeStyles({ whole: { height: "100%", display: "grid", placeItems: "center" } });

interface InterludeProps extends PageAt {
  project: Project;
  user: string;
  idle: Idle;
  onRetry: () => void;
}

/** What is shown while there are no images to label: why, and what comes next. */
export function Interlude(props: InterludeProps) {
  useActions(PAGE, props);
  return (
    <div className={useStyles().whole}>
      <div role="status">
        <Words {...props} />
      </div>
    </div>
  );
}

function Words({ project, user, idle, onRetry, onBack }: InterludeProps) {
  const outbox = useOutbox(user);
  const isReturnDelayed = useReturns().isDelayed;
  const isOnline = useOnline();
  const progress = useProgress(project.id, false).data;
  const actions = (
    <>
      {onBack && <Button onClick={onBack}>{texts.labeling.correctPast}</Button>}
      <LinkButton to="/labeling">{texts.labeling.home}</LinkButton>
    </>
  );
  const silent = (
    <Nothing title={isOnline ? texts.labeling.silentTitle : texts.labeling.offlineTitle} actions={actions}>
      {isOnline ? texts.labeling.silent : texts.labeling.offline} {texts.labeling.goesOn}
    </Nothing>
  );
  switch (idle.kind) {
    case "opening":
      if (outbox.delay === "silent") return silent;
      if (outbox.waiting.length > 0) return <Wait label={texts.labeling.sendingFirst} />;
      return <Wait label={isReturnDelayed ? texts.labeling.busy : texts.labeling.opening} />;
    case "busy":
      return <Wait label={texts.labeling.busy} />;
    case "away":
      return (
        <Nothing title={texts.labeling.awayTitle} actions={actions}>
          {texts.labeling.away}
        </Nothing>
      );
    case "gone":
      return (
        <Nothing title={texts.labeling.goneTitle} actions={<LinkButton to="/labeling">{texts.labeling.home}</LinkButton>}>
          {texts.labeling.gone}
        </Nothing>
      );
    case "paused":
      return (
        <Nothing title={texts.labeling.pausedTitle} actions={actions}>
          {texts.labeling.paused}
        </Nothing>
      );
    case "trouble":
      if (isProblem(idle.error, 0)) return silent;
      return (
        <Nothing
          title={texts.labeling.troubleTitle}
          actions={
            <>
              <Button onClick={onRetry}>{texts.common.tryAgain}</Button>
              {actions}
            </>
          }
        >
          {problemText(idle.error)}
        </Nothing>
      );
    case "nothing":
      if (idle.others > 0) {
        return (
          <Nothing title={texts.labeling.othersTitle} actions={actions}>
            <Others count={idle.others} nextFreeAt={idle.nextFreeAt} />
          </Nothing>
        );
      }
      if (progress && progress.preparing > 0) {
        return (
          <Nothing title={texts.labeling.preparingTitle} actions={actions}>
            {texts.labeling.preparing(progress.preparing)}
          </Nothing>
        );
      }
      if (idle.awaiting > 0) {
        return (
          <Nothing title={texts.labeling.awaitingTitle} actions={actions}>
            {texts.labeling.awaiting(idle.awaiting)} {texts.labeling.goesOn}
          </Nothing>
        );
      }
      // Images have become free since: the next attempt gets them.
      if (!progress || progress.waiting + progress.leased > 0) return <Wait label={texts.labeling.opening} />;
      if (progress.labeled + progress.skipped + progress.disputed === 0) {
        return (
          <Nothing title={progress.total > 0 ? texts.progress.none(progress.total) : texts.labeling.emptyTitle} actions={actions}>
            {progress.total > 0 ? texts.labeling.noneUsable(progress.total) : texts.labeling.empty}
          </Nothing>
        );
      }
      return (
        <Nothing title={texts.labeling.doneTitle} actions={actions}>
          {texts.labeling.done(progress.labeled, progress.skipped, progress.disputed)}
        </Nothing>
      );
  }
}

/** Counts down. Only its first words are read aloud, not each change of a figure. */
function Others({ count, nextFreeAt }: { count: number; nextFreeAt: string | null }) {
  const now = useNow(1_000);
  const next = nextFreeAt && texts.labeling.nextFree(Date.parse(nextFreeAt) - now);
  return (
    <span aria-live="off">
      {[texts.labeling.others(count), next].filter(Boolean).join("; ")}. {texts.labeling.goesOn}
    </span>
  );
}
