import { texts } from "../texts";
import { useNow } from "./useNow";

interface TookProps {
  run: { startedAt: string | null; finishedAt: string | null };
}

/** The time since a run began, moving. */
function Since({ startedAt }: { startedAt: string }) {
  return texts.time.duration(Math.max(0, useNow(1_000) - Date.parse(startedAt)));
}

/** How long a run took, or takes so far; nothing before it began. */
export function Took({ run }: TookProps) {
  if (run.startedAt === null) return null;
  if (run.finishedAt === null) return <Since startedAt={run.startedAt} />;
  return texts.time.duration(Date.parse(run.finishedAt) - Date.parse(run.startedAt));
}
