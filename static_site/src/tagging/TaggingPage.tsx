import { makeStyles, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useParams } from "react-router";
import type { Problem } from "../api/client";
import { useProject } from "../api/queries";
import type { Project } from "../api/types";
import { Loaded } from "../parts/States";
import { notify } from "../shell/notices";
import { texts } from "../texts";
import { submit } from "./calls";
import { hasDraft } from "./drafts";
import { Interlude } from "./Interlude";
import { LAYOUTS } from "./layout";
import { Sheet } from "./Sheet";
import { TaggingBar } from "./TaggingBar";
import { useDesk } from "./useDesk";

const useStyles = makeStyles({
  whole: { height: "100%", display: "flex", flexDirection: "column" },
  below: { flex: 1, minHeight: 0, display: "flex", backgroundColor: tokens.colorNeutralBackground3 },
  interlude: { flex: 1 },
});

const STORED = "layout";
const USUAL = 9;

function storedLayout(): number {
  const stored = Number(localStorage.getItem(STORED));
  return LAYOUTS.find((one) => one === stored) ?? USUAL;
}

function Tagging({ project }: { project: Project }) {
  const styles = useStyles();
  const [count, setCount] = useState(storedLayout);
  const { desk, lease, idle } = useDesk(project.id, count, project.leaseMinutes);
  const onRefused = (problem: Problem) => {
    if (problem.kind === "stale") notify(texts.tagging.stale(problem.imageIds.length), "info");
    else if (problem.status === 404 || problem.status === 410 || problem.status === 409)
      notify(texts.tagging.over, "warning");
    else if (problem.status !== 401) notify(texts.tagging.refused(problem.message), "error");
  };

  const pick = (picked: number) => {
    if (picked === count) return;
    localStorage.setItem(STORED, String(picked));
    setCount(picked);
    if (lease && hasDraft(lease.id)) notify(texts.tagging.layoutFromNext(picked), "info");
    desk.restart(picked);
  };

  return (
    <div className={styles.whole}>
      <TaggingBar project={project} />
      <div className={styles.below}>
        {lease ? (
          <Sheet
            lease={lease}
            project={project}
            count={count}
            onPick={pick}
            onSubmit={(body) => {
              void submit(project.id, { leaseId: lease.id, body }, onRefused);
              desk.submitted();
            }}
          />
        ) : (
          <div className={styles.interlude}>
            <Interlude projectId={project.id} idle={idle} onRetry={() => void desk.pump()} />
          </div>
        )}
      </div>
    </div>
  );
}

export default function TaggingPage() {
  const { projectId = "" } = useParams();
  const query = useProject(projectId);
  return <Loaded query={query}>{(project) => <Tagging key={project.id} project={project} />}</Loaded>;
}
