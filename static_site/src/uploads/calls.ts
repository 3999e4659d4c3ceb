import { api, ok, Problem } from "../api/client";
import type { components } from "../api/schema";
import { texts } from "../texts";
import type { Chosen } from "./choosing";

export const WORKSPACE = "workspace";

/** After so long without an answer, or without a byte more, a call is made anew. */
const PATIENCE_MS = 45_000;

/** Addresses for what is not there yet; what is there with the same size, and with another. */
export type Offer = Pick<components["schemas"]["UploadsAnswer"], "uploads" | "existing" | "conflicting">;
export type Ask = (files: readonly Chosen[], signal: AbortSignal) => Promise<Offer>;

const inTime = (signal: AbortSignal) => AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);

const bodyOf = (files: readonly Chosen[]) => ({
  files: files.map(({ path, bytes }) => ({ name: path, bytes })),
  skipExisting: true,
});

/** Asks for uploads into a folder of the built-in datastore. */
export const askWorkspace =
  (prefix: string): Ask =>
  (files, signal) =>
    ok(
      api.POST("/api/datastores/{name}/uploads", {
        params: { path: { name: WORKSPACE } },
        body: { prefix, ...bodyOf(files) },
        signal: inTime(signal),
      }),
    );

/** Asks for uploads into a project's own folder. */
export const askProject =
  (projectId: string): Ask =>
  (files, signal) =>
    ok(
      api.POST("/api/projects/{project_id}/uploads", {
        params: { path: { project_id: projectId } },
        body: bodyOf(files),
        signal: inTime(signal),
      }),
    );

/** Puts a file straight into storage. No fetch, which does not tell how much is sent. */
export function putFile(
  url: string,
  { file, bytes }: Chosen,
  onBytes: (sent: number) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let silence: ReturnType<typeof setTimeout>;
    const abort = () => request.abort();
    const listen = () => {
      clearTimeout(silence);
      silence = setTimeout(abort, PATIENCE_MS);
    };
    request.upload.onprogress = ({ loaded }) => {
      listen();
      onBytes(Math.min(loaded, bytes));
    };
    request.onloadend = () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", abort);
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Problem(request.status, { detail: request.status ? "" : texts.upload.notSent }));
    };
    signal.addEventListener("abort", abort);
    request.open("PUT", url);
    request.setRequestHeader("x-ms-blob-type", "BlockBlob");
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    listen();
    request.send(file);
    if (signal.aborted) request.abort();
  });
}
