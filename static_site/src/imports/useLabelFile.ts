import { useEffect, useRef, useState } from "react";
import { api, isProblem, ok } from "../api/client";
import { formatBytes } from "../parts/format";
import { problemText } from "../parts/States";
import { imports } from "../texts/imports";
import { putFile } from "../uploads/calls";
import type { Chosen } from "../uploads/choosing";
import { send, type Calls, type Standing } from "../uploads/sending";
import { useStaying } from "../uploads/useStaying";
import type { Phase } from "../uploads/useUpload";
import { waitAfter } from "../uploads/waiting";

/** As the service has it. */
export const MOST_BYTES = 2 * 1024 * 1024 * 1024;
/** So often it is shown how far it is. */
const SHOW_MS = 250;

/** A file that was sent, by the id of its upload. */
export interface SentFile {
  upload: string;
  name: string;
  bytes: number;
}

type Offered = { name: string; bytes: number }[];

/** Addresses within a project, or before there is one. */
const askFor = (projectId: string | null, files: Offered, signal: AbortSignal) =>
  ok(
    projectId === null
      ? api.POST("/api/label-files/uploads", { body: { files }, signal })
      : api.POST("/api/projects/{project_id}/imports/uploads", {
          params: { path: { project_id: projectId } },
          body: { files },
          signal,
        }),
  );

/** How one file is sent. Each answer is another upload, so the last one is kept. An address can create its file and nothing
 *  else: where it is refused because there is one, the file has arrived before. */
function callsFor(projectId: string | null, note: (upload: string) => void): Calls {
  return {
    ask: async (files, signal) => {
      const offer = await askFor(
        projectId,
        files.map(({ path, bytes }) => ({ name: path, bytes })),
        signal,
      );
      note(offer.upload);
      return { uploads: offer.uploads, existing: [], conflicting: [] };
    },
    put: (url, chosen, onBytes, signal) =>
      putFile(url, chosen, onBytes, signal).catch((error: unknown) => {
        if (!isProblem(error, 409)) throw error;
      }),
    wait: waitAfter,
  };
}

const mistakeIn = (files: readonly File[]): string | null => {
  const [file] = files;
  if (!file || files.length > 1) return imports.oneFile;
  if (file.size === 0) return imports.empty(file.name);
  return file.size > MOST_BYTES ? imports.tooLarge(file.name, formatBytes(MOST_BYTES)) : null;
};

export type LabelFile = ReturnType<typeof useLabelFile>;

/** Uploads a file with labels, for a project or, with null, before there is one. It ends with the page that shows it. */
export function useLabelFile(projectId: string | null, onSent: (sent: SentFile) => void) {
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

  const upload = async (file: File) => {
    const stopping = new AbortController();
    stop.current = stopping;
    const chosen: Chosen = { path: file.name, file, bytes: file.size };
    let id = "";
    let newest: Standing = { sent: 0, existing: 0, conflicting: [], failed: [], bytes: 0, waiting: null };
    const show = () => setPhase({ kind: "sending", standing: { ...newest }, files: 1, bytes: chosen.bytes });
    show();
    const showing = setInterval(show, SHOW_MS);
    const calls = callsFor(projectId, (upload) => (id = upload));
    const outcome = await send([chosen], calls, stopping.signal, (standing) => (newest = standing));
    clearInterval(showing);
    stop.current = null;
    if (stopping.signal.aborted) return;
    setPhase({ kind: "idle" });
    const error = outcome.error ?? outcome.failed[0]?.error ?? null;
    if (error !== null) setTrouble(problemText(error) || imports.notSent(file.name));
    else latest.current({ upload: id, name: file.name, bytes: file.size });
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
      const [file] = files;
      if (mistake !== null || !file) return;
      setName(file.name);
      void upload(file);
    },
    cancel: () => {
      stop.current?.abort();
      setPhase({ kind: "idle" });
    },
  };
}
