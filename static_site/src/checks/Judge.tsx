import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useEffectEvent, useState } from "react";
import { useNavigate } from "react-router";
import type { Check, CheckImage, Me, Project } from "../api/types";
import { notify } from "../parts/notices";
import { checks } from "../texts/checks";
import { checkAddress } from "./addresses";
import { JudgeBar } from "./JudgeBar";
import { JudgeEnd } from "./JudgeEnd";
import { JudgeImage } from "./JudgeImage";
import { placeOf, type Saying } from "./judging";
import { useVerdicts, verdictsOf } from "./sending";
import { usePreloaded } from "./usePreloaded";
import { keyOf, saidIn } from "./verdicts";

/** So many images are loaded ahead. */
const AHEAD = 6;

const useStyles = makeStyles({
  whole: { height: "100%", display: "flex", flexDirection: "column", backgroundColor: tokens.colorNeutralBackground1 },
});

interface JudgeProps {
  project: Project;
  me: Me;
  check: Check;
  images: readonly CheckImage[];
  /** How many of them have taken the places of others. */
  replaced: number;
  /** Others are to take the places of some. */
  isComing: boolean;
  /** A picture could not be loaded. */
  onBroken: () => void;
}

/** A check that is judged, one image after the other. What is said counts here at once, and is sent meanwhile. */
export function Judge({ project, me, check, images, replaced, isComing, onBroken }: JudgeProps) {
  const styles = useStyles();
  const navigate = useNavigate();
  const verdicts = verdictsOf({ user: me.userId, projectId: project.id, checkId: check.id });
  const view = useVerdicts(verdicts);
  const [past, setPast] = useState<readonly string[]>([]);
  const said = (image: CheckImage) => {
    const own = saidIn(view, image);
    return own === undefined ? image.verdict : own;
  };
  const place = placeOf(images, said, past, AHEAD);
  const { current, last } = place;
  usePreloaded([...(current ? [current] : []), ...place.ahead].map(({ previewUrl }) => previewUrl ?? ""), onBroken);

  // Of those that are replaced later it is told whose verdict does not count.
  const tell = useEffectEvent(() => {
    if (replaced > 0) notify(checks.replaced(replaced), "info", { subject: "check" });
  });
  useEffect(() => tell(), []);

  const judge = (saying: Saying) => {
    if (!current) return;
    verdicts.add({ id: current.id, labeledAt: current.labeledAt, ...saying });
    setPast([...past, keyOf(current)]);
    // What was the last is not left to wait.
    if (place.ahead.length === 0) void verdicts.flush();
  };
  const undo = () => {
    if (!last) return notify(checks.nothingToUndo, "info", { subject: "check" });
    verdicts.add({ id: last.id, labeledAt: last.labeledAt, verdict: null });
    setPast(past.filter((key) => key !== keyOf(last)));
  };
  const leave = () => {
    void verdicts.flush();
    void navigate(checkAddress(project.id));
  };

  const shared = { project, onUndo: undo, onLeave: leave, last: last ? said(last) : null };
  return (
    <div className={styles.whole}>
      <JudgeBar check={check} judged={place.judged} size={images.length} view={view} onLeave={leave} />
      {current ? (
        <JudgeImage {...shared} image={current} place={place.judged + 1} size={images.length} onJudge={judge} />
      ) : (
        <JudgeEnd {...shared} check={check} count={images.length} view={view} isComing={isComing} />
      )}
    </div>
  );
}
