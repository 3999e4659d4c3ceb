import { api, isProblem, ok, Problem } from "./client";

export const WORKSPACE = "workspace";
export const MOST_BYTES = 100 * 1024 * 1024;

const A_CALL = 200;
const AT_ONCE = 6;

export interface UploadFile {
  name: string;
  content: Blob;
}

/**
 * Puts files into the built-in datastore, straight from the browser, never over another file. Tells how many of them
 * are images of kinds that are not taken.
 */
export async function uploadFiles(
  prefix: string,
  files: readonly UploadFile[],
  onDone: (count: number) => void,
  signal?: AbortSignal,
): Promise<Record<string, number>> {
  const kinds: Record<string, number> = {};
  let done = 0;
  for (let start = 0; start < files.length; start += A_CALL) {
    const batch = files.slice(start, start + A_CALL);
    const { uploads, kindsPassedOver } = await ok(
      api.POST("/api/datastores/{name}/uploads", {
        params: { path: { name: WORKSPACE } },
        body: { prefix, files: batch.map((file) => ({ name: file.name, bytes: file.content.size })) },
      }),
    );
    for (const [kind, count] of Object.entries(kindsPassedOver)) kinds[kind] = (kinds[kind] ?? 0) + count;
    const urls = new Map(uploads.map((upload) => [upload.name, upload.url]));
    await inTurns(batch, async (file) => {
      signal?.throwIfAborted();
      await put(urls.get(file.name) ?? "", file, signal);
      done += 1;
      onDone(done);
    });
  }
  return kinds;
}

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function put(url: string, file: UploadFile, signal?: AbortSignal): Promise<void> {
  const tries = 3;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url, {
        method: "PUT",
        headers: { "x-ms-blob-type": "BlockBlob", "content-type": file.content.type || "application/octet-stream" },
        body: file.content,
        signal,
      });
      if (answer.ok) return;
      throw new Problem(answer.status, { detail: file.name });
    } catch (error) {
      if (signal?.aborted || attempt === tries || (isProblem(error) && !error.passing)) throw error;
    }
  }
}
