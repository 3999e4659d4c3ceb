import { api, isProblem, ok } from "../api/client";
import { datasetsQuery } from "../api/queries/datastores";
import { queryClient } from "../api/queryClient";
import type { Project } from "../api/types";
import { fileName } from "../parts/format";
import { USUAL } from "../tasks";
import { texts } from "../texts";
import { askWorkspace, putFile, WORKSPACE } from "../uploads/calls";
import { send, type Calls } from "../uploads/sending";
import { waitAfter } from "../uploads/waiting";

const SAMPLES = import.meta.glob<string>("../../../samples/cats-and-dogs/images/*.png", {
  query: "?url&no-inline",
  import: "default",
  eager: true,
});
const PREFIX = "cats-and-dogs/";
const PROJECT = "tutorial-cats-n-dogs";
const DATASET = "images-for-tutorial";
const LABELS = ["Cat", "Dog", "Uncertain"];

/** Makes the tutorial's project from the sample images. Done twice, it uploads nothing twice. */
export async function createDemo(onProgress: (done: number, all: number) => void): Promise<Project> {
  const chosen = await Promise.all(
    Object.entries(SAMPLES).map(async ([path, url]) => {
      const name = fileName(path);
      const file = new File([await (await fetch(url)).blob()], name, { type: "image/png" });
      return { path: name, file, bytes: file.size };
    }),
  );
  // Whoever is signed out has to begin again: nothing of it is lost.
  const wait: Calls["wait"] = async (error, failures, signal) => {
    if (isProblem(error, 401)) throw error;
    await waitAfter(error, failures, signal);
  };
  const calls = { ask: askWorkspace(PREFIX), put: putFile, wait };
  const outcome = await send(chosen, calls, new AbortController().signal, ({ sent, existing }) =>
    onProgress(sent + existing, chosen.length),
  );
  const problem = outcome.error ?? outcome.failed[0]?.error;
  if (problem) throw problem;
  const datasets = await queryClient.fetchQuery(datasetsQuery);
  const known = datasets.some((dataset) => dataset.kind === "source" && dataset.name === DATASET);
  return ok(
    api.POST("/api/projects", {
      body: {
        name: PROJECT,
        taskType: USUAL,
        dataset: known ? { name: DATASET } : { name: DATASET, datastore: WORKSPACE, prefix: PREFIX },
        labels: LABELS,
        instructions: { text: texts.demo.instructions, url: "" },
      },
    }),
  );
}
