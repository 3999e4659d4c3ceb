import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { ArrowSyncRegular } from "@fluentui/react-icons";
import { useMe } from "../api/queries/me";
import { isUnderway, useRefreshes } from "../api/queries/runs";
import type { Project } from "../api/types";
import { texts } from "../texts";
import { TextLink } from "./LinkButton";
import { problemText } from "./States";
import { useRefreshNow } from "./useRefreshNow";

const useStyles = makeStyles({
  words: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    paddingBottom: tokens.spacingVerticalS,
    overflowWrap: "anywhere",
  },
});

function whenAgain(project: Project): string {
  if (project.status === "paused") return texts.trouble.again.paused;
  // A project that has never been looked through to its end is looked through until it was.
  const byItself = project.incrementalRefresh || project.status === "failed";
  return byItself ? texts.trouble.again.byItself : texts.trouble.again.byHand;
}

/** Why the project's folder could not be looked through, what to do, and what happens meanwhile. */
export function ProjectTrouble({ project }: { project: Project }) {
  const styles = useStyles();
  const failed = project.status === "failed";
  const datastore = project.dataset?.datastore;
  const refresh = useRefreshNow(project.id);
  const isBoss = project.role === "administrator";
  const seesDatastores = useMe().data?.isAdministrator === true;
  const running = isUnderway(useRefreshes(project.id, isBoss).data?.items[0]) || refresh.isPending;
  return (
    <MessageBar intent={failed ? "error" : "warning"} layout="multiline">
      <MessageBarBody className={styles.words}>
        <MessageBarTitle>{failed ? texts.trouble.title.failed : texts.trouble.title.created}</MessageBarTitle>
        <span>{project.statusDetail}</span>
        <span>
          {texts.trouble.kept} {whenAgain(project)}
        </span>
        {seesDatastores && datastore && <TextLink to="/datastores">{texts.trouble.datastore(datastore)}</TextLink>}
        {refresh.isError && <span>{problemText(refresh.error)}</span>}
      </MessageBarBody>
      {isBoss && (
        <MessageBarActions>
          <Button
            size="small"
            disabledFocusable={running}
            icon={running ? <Spinner size="extra-tiny" /> : <ArrowSyncRegular />}
            onClick={() => refresh.mutate()}
          >
            {running ? texts.trouble.running : texts.trouble.now}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
