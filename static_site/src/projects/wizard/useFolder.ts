import { useDatasets } from "../../api/queries/datastores";
import { WORKSPACE } from "../../uploads/calls";
import type { Draft } from "./draft";

export interface ChosenFolder {
  datastore: string;
  prefix: string;
}

/** Where the images are that were chosen; null while none are. */
export function useFolder(dataset: Draft["dataset"]): ChosenFolder | null {
  const datasets = useDatasets();
  if (dataset.way === "select") {
    const found = datasets.data?.find((one) => one.kind === "source" && one.name === dataset.selected);
    return found?.kind === "source" ? { datastore: found.datastore, prefix: found.prefix } : null;
  }
  if (dataset.source === "upload")
    return dataset.uploaded > 0 ? { datastore: WORKSPACE, prefix: dataset.uploadPrefix } : null;
  return dataset.datastore ? { datastore: dataset.datastore, prefix: dataset.prefix } : null;
}
