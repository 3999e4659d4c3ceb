import { makeStyles, tokens } from "@fluentui/react-components";
import { Activity, Suspense, useCallback, useState } from "react";
import { useParams } from "react-router";
import { useMe } from "../api/queries/me";
import { useProject } from "../api/queries/projects";
import type { Me, Project } from "../api/types";
import { noteRead } from "./readInstructions";
import { outboxOf } from "../outbox/open";
import { useBound } from "../parts/actions";
import { ProjectLoaded } from "../parts/ProjectLoaded";
import { browserStore } from "../parts/browserStore";
import { notify } from "../parts/notices";
import { texts } from "../texts";
import { taskOf } from "../tasks";
import { ownKeys, PAGE, sheetOf } from "./actions";
import { InstructionsDialog, KeysDialog, loadRest } from "./dialogs";
import { draftOf, dropDraft, hasDraft, saveDraft } from "../outbox/drafts";
import { Interlude } from "./Interlude";
import { LAYOUTS } from "./layout";
import type { SubmissionBody } from "../outbox/submission";
import { closePast, openPast, PastSheet } from "./PastSheet";
import { Sheet } from "./Sheet";
import { addPast, pastPages } from "./sitting";
import { marksOf, submissionOf } from "../outbox/submission";
import { LabelingBar } from "./LabelingBar";
import { useDesk } from "./useDesk";
import { useRetired } from "./useRetired";

const useStyles = makeStyles({
  whole: { height: "100%", display: "flex", flexDirection: "column" },
  below: { flex: 1, minHeight: 0, display: "flex", backgroundColor: tokens.colorNeutralBackground3 },
  current: { display: "contents" },
  interlude: { flex: 1 },
});

const STORED = "layout";
const USUAL = 9;

function storedLayout(): number {
  const stored = Number(browserStore.get(STORED));
  return LAYOUTS.find((one) => one === stored) ?? USUAL;
}

function Labeling({ project, me }: { project: Project; me: Me }) {
  const styles = useStyles();
  const [count, setCount] = useState(storedLayout);
  const [dialog, setDialog] = useState<"instructions" | "keys" | null>(null);
  /** How many pages back somebody looks; 0 = at the current one. */
  const [back, setBack] = useState(0);
  const outbox = outboxOf(me.userId);
  const task = taskOf(project);
  const { desk, lease, page, idle } = useDesk(project.id, outbox, count, project.leaseMinutes);
  const retired = useRetired(project.labels);
  const past = pastPages(me.userId, project.id);
  const looked = past[back - 1];

  const pick = useCallback(
    (picked: number) => {
      if (picked === count) return;
      browserStore.set(STORED, String(picked));
      setCount(picked);
      const held = desk.snapshot().lease;
      if (held && hasDraft(held.id) && held.images.length < picked)
        notify(texts.labeling.layoutFromNext(picked), "info");
      desk.restart(picked);
    },
    [count, desk],
  );

  const submit = (body: SubmissionBody) => {
    if (!lease) return;
    const ids = lease.images.map((image) => image.id);
    const marks = { ...draftOf(lease.id), ...marksOf(body) };
    const whole = submissionOf(ids, marks);
    if (!whole) {
      // Of what was suggested in this part, too, it is decided now.
      saveDraft(page?.id ?? lease.id, marksOf(body));
      return desk.turn();
    }
    // Written down first: from here on nothing can be lost.
    outbox.add(project, { kind: "page", leaseId: lease.id, body: whole });
    addPast(me.userId, project.id, { lease, marks: marksOf(whole) });
    dropDraft(lease.id);
    loadRest();
  };

  const lookBack = (to: number) => {
    if (looked) closePast(looked);
    const next = past[to - 1];
    if (next) openPast(next);
    setBack(next ? to : 0);
  };
  const onBack = () => {
    if (back < past.length) lookBack(back + 1);
    else notify(past.length === 0 ? texts.labeling.noneBefore : texts.labeling.firstOfSitting, "info");
  };

  const shared = {
    count,
    onPick: pick,
    isListening: dialog === null,
    onBack,
    onKeys: () => setDialog("keys"),
    onInstructions: () => {
      noteRead(project);
      setDialog("instructions");
    },
  };
  const act = useBound(PAGE, shared);
  return (
    <div className={styles.whole}>
      <LabelingBar project={project} me={me} act={act} />
      <div className={styles.below}>
        {looked && (
          <PastSheet
            key={looked.lease.id + retired}
            {...shared}
            project={project}
            me={me}
            page={looked}
            back={back}
            onLeave={() => lookBack(0)}
          />
        )}
        {/* The current page keeps its focus and its selection meanwhile, and hears no key. */}
        <Activity mode={looked ? "hidden" : "visible"}>
          <div className={styles.current}>
            {page ? (
              <Sheet key={retired} {...shared} lease={page} project={project} onSubmit={submit} />
            ) : (
              <div className={styles.interlude}>
                <Interlude
                  {...shared}
                  project={project}
                  user={me.userId}
                  idle={idle}
                  onRetry={() => void desk.pump()}
                  onBack={past.length > 0 ? onBack : undefined}
                />
              </div>
            )}
          </div>
        </Activity>
      </div>
      <Suspense>
        {dialog === "keys" && <KeysDialog table={sheetOf(task)} taken={ownKeys(task)} onClose={() => setDialog(null)} />}
        {dialog === "instructions" && <InstructionsDialog project={project} onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}

export default function LabelingPage() {
  const { projectId = "" } = useParams();
  const query = useProject(projectId);
  const me = useMe().data;
  if (!me) return null;
  return (
    <ProjectLoaded query={query}>{(project) => <Labeling key={project.id} project={project} me={me} />}</ProjectLoaded>
  );
}
