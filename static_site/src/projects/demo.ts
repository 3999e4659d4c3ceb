import { api, everyPage, ok } from "../api/client";
import { uploadFiles, WORKSPACE } from "../api/uploads";
import { datasetsQuery } from "../api/queries";
import { queryClient } from "../api/queryClient";
import type { Project } from "../api/types";
import { fileName } from "../parts/format";
import { texts } from "../texts";

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
  const missing = await missingSamples();
  const files = await Promise.all(
    missing.map(async ([name, url]) => ({ name, content: await (await fetch(url)).blob() })),
  );
  await uploadFiles(PREFIX, files, (done) => onProgress(done, files.length));
  const datasets = await queryClient.fetchQuery(datasetsQuery);
  const known = datasets.some((dataset) => dataset.kind === "source" && dataset.name === DATASET);
  return ok(
    api.POST("/api/projects", {
      body: {
        name: PROJECT,
        taskType: "multiClass",
        dataset: known ? { name: DATASET } : { name: DATASET, datastore: WORKSPACE, prefix: PREFIX },
        labels: LABELS,
        instructions: { text: texts.demo.instructions, url: "" },
      },
    }),
  );
}

async function missingSamples(): Promise<[string, string][]> {
  const there = await everyPage(async (cursor) => {
    const page = await ok(
      api.GET("/api/datastores/{name}/browse", {
        params: { path: { name: WORKSPACE }, query: { prefix: PREFIX, cursor } },
      }),
    );
    return { items: page.files, nextCursor: page.nextCursor };
  });
  const names = new Set(there.map((file) => fileName(file.name)));
  return Object.entries(SAMPLES)
    .map(([path, url]): [string, string] => [fileName(path), url])
    .filter(([name]) => !names.has(name));
}
