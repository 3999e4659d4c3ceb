import { useCallback, useEffect, useRef, useState } from "react";
import { putFile, type Ask } from "./calls";
import { NOTHING_LEFT_OUT, sortOut, type Chosen, type Found, type LeftOut } from "./choosing";
import { send, type Outcome, type Standing } from "./sending";
import { useStaying } from "./useStaying";
import { waitAfter } from "./waiting";
import { walk, type Dropped } from "./walking";

/** So often it is shown how far it is, however small the files are. */
const SHOW_MS = 250;

export type Phase =
  | { kind: "idle" }
  | { kind: "reading"; count: number }
  | { kind: "sending"; standing: Standing; files: number; bytes: number }
  | { kind: "over"; outcome: Outcome };

export interface UploadCallbacks {
  /** Files are about to be sent: how they are asked for. */
  begin: (chosen: readonly Chosen[]) => Ask;
  onBusy: (busy: boolean) => void;
  onEnd: (outcome: Outcome) => void;
}

/** What came of an upload and of what was sent again afterwards. */
const sumOf = (former: Outcome, later: Outcome): Outcome => ({
  ...later,
  sent: former.sent + later.sent,
  existing: former.existing + later.existing,
  conflicting: [...former.conflicting, ...later.conflicting],
});

/** At most one upload at a time; it ends with the page that shows it. */
export function useUpload(callbacks: UploadCallbacks) {
  const [phase, setPhase] = useState<Phase>({ kind: "idle" });
  const [leftOut, setLeftOut] = useState<LeftOut>(NOTHING_LEFT_OUT);
  const stop = useRef<AbortController | null>(null);
  const latest = useRef(callbacks);
  useEffect(() => {
    latest.current = callbacks;
  });
  useEffect(() => () => stop.current?.abort("gone"), []);

  const isBusy = phase.kind === "reading" || phase.kind === "sending";
  useStaying(isBusy);

  const run = useCallback(async (chosen: readonly Chosen[], stopping: AbortController) => {
    const size = { files: chosen.length, bytes: chosen.reduce((sum, one) => sum + one.bytes, 0) };
    let newest: Standing = { sent: 0, existing: 0, conflicting: [], failed: [], bytes: 0, waiting: null };
    const show = () => setPhase({ kind: "sending", standing: { ...newest }, ...size });
    show();
    const showing = setInterval(show, SHOW_MS);
    const calls = { ask: latest.current.begin(chosen), put: putFile, wait: waitAfter };
    const outcome = await send(chosen, calls, stopping.signal, (standing) => {
      newest = standing;
    });
    clearInterval(showing);
    return outcome;
  }, []);

  /** Nothing of it is told any more once the page is gone. */
  const alone = useCallback(async (act: (stopping: AbortController) => Promise<Outcome | null>, former?: Outcome) => {
    if (stop.current) return;
    const stopping = new AbortController();
    stop.current = stopping;
    latest.current.onBusy(true);
    const outcome = await act(stopping);
    stop.current = null;
    if (stopping.signal.reason === "gone") return;
    setPhase(outcome ? { kind: "over", outcome: former ? sumOf(former, outcome) : outcome } : { kind: "idle" });
    latest.current.onBusy(false);
    if (outcome) latest.current.onEnd(outcome);
  }, []);

  /** Shows how many files were read; null where that was given up. */
  const reading = async <T,>(read: (note: (count: number) => void) => Promise<T>): Promise<T | null> => {
    let count = 0;
    const show = () => setPhase({ kind: "reading", count });
    show();
    const showing = setInterval(show, SHOW_MS);
    const result = await read((so) => (count = so)).catch(() => null);
    clearInterval(showing);
    return result;
  };
  const take = async (all: readonly Found[], unreadable: number, stopping: AbortController) => {
    const sorted = await reading((note) => sortOut(all, note, stopping.signal));
    setLeftOut({ ...(sorted?.leftOut ?? NOTHING_LEFT_OUT), unreadable });
    return sorted && sorted.taken.length > 0 ? run(sorted.taken, stopping) : null;
  };

  return {
    phase,
    leftOut,
    isBusy,
    choose: (all: readonly Found[]) => {
      if (all.length > 0) void alone((stopping) => take(all, 0, stopping));
    },
    drop: (dropped: Dropped) =>
      void alone(async (stopping) => {
        setLeftOut(NOTHING_LEFT_OUT);
        const walked = await reading((note) => walk(dropped, note, stopping.signal));
        return walked && take(walked.found, walked.unreadable, stopping);
      }),
    again: (former: Outcome) => {
      const chosen = [...former.failed.map((one) => one.chosen), ...former.left];
      void alone((stopping) => run(chosen, stopping), former);
    },
    cancel: () => stop.current?.abort(),
  };
}
