import { useEffect, useRef, useState } from "react";
import { api, ok } from "../api/client";
import { problemText } from "../parts/States";
import { imports } from "../texts/imports";
import { putFile } from "../uploads/calls";
import type { Chosen } from "../uploads/choosing";
import { send, type Standing } from "../uploads/sending";
import { useStaying } from "../uploads/useStaying";
import type { Phase } from "../uploads/useUpload";
import { bytesOf, callsFor, mistakeIn, type AskOffer } from "./labelFiles";

/** So often it is shown how far it is. */
const SHOW_MS = 250;

/** Files that were sent, by the id of their upload. name: of all of them, for people. */
export interface SentFiles {
  upload: string;
  name: string;
  bytes: number;
}

/** Addresses within a project, or before there is one. */
const askIn =
  (projectId: string | null): AskOffer =>
  (files, signal) =>
    ok(
      projectId === null
        ? api.POST("/api/label-files/uploads", { body: { files }, signal })
        : api.POST("/api/projects/{project_id}/imports/uploads", {
            params: { path: { project_id: projectId } },
            body: { files },
            signal,
          }),
    );

export type LabelFiles = ReturnType<typeof useLabelFiles>;

/** Uploads files with labels, for a project or, with null, before there is one. It ends with the page that shows it. */
export function useLabelFiles(projectId: string | null, onSent: (sent: SentFiles) => void) {
  const [phase, setPhase] = useState<Phase>({ kind: "idle" });
  const [name, setName] = useState("");
  const [trouble, setTrouble] = useState<string | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const latest = useRef(onSent);
  useEffect(() => {
    latest.current = onSent;
  });

  const isBusy = phase.kind !== "idle";
  useStaying(isBusy);

  const upload = async (files: readonly File[], name: string) => {
    const stopping = new AbortController();
    stop.current = stopping;
    const all: Chosen[] = files.map((file) => ({ path: file.name, file, bytes: file.size }));
    const bytes = bytesOf(files);
    let id = "";
    let newest: Standing = { sent: 0, existing: 0, conflicting: [], failed: [], bytes: 0, waiting: null };
    const show = () => setPhase({ kind: "sending", standing: { ...newest }, files: all.length, bytes });
    show();
    const showing = setInterval(show, SHOW_MS);
    const calls = callsFor(all, askIn(projectId), putFile, (upload) => (id = upload));
    const outcome = await send(all, calls, stopping.signal, (standing) => (newest = standing));
    clearInterval(showing);
    stop.current = null;
    if (stopping.signal.aborted) return;
    setPhase({ kind: "idle" });
    const [failed] = outcome.failed;
    const error = outcome.error ?? failed?.error ?? null;
    if (error !== null) setTrouble(problemText(error) || imports.notSent(failed?.chosen.path ?? name));
    else latest.current({ upload: id, name, bytes });
  };

  return {
    phase,
    name,
    trouble,
    isBusy,
    take: (files: readonly File[]) => {
      if (isBusy || files.length === 0) return;
      const mistake = mistakeIn(files);
      setTrouble(mistake);
      if (mistake !== null) return;
      const name = imports.together(files.map(({ name }) => name));
      setName(name);
      void upload(files, name);
    },
    cancel: () => {
      stop.current?.abort();
      setPhase({ kind: "idle" });
    },
  };
}
