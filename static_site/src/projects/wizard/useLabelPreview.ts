import { useQuery } from "@tanstack/react-query";
import { previewQuery } from "../../api/queries/imports";
import type { Draft } from "./draft";
import { useFolder } from "./useFolder";

/** What the draft's file of labels says of its images; asked for as long as there are a file and a folder. */
export function useLabelPreview({ dataset, labelFile }: Draft) {
  const folder = useFolder(dataset);
  return useQuery({
    ...previewQuery(folder?.datastore ?? "", folder?.prefix ?? "", labelFile?.upload ?? "", dataset.uploaded),
    enabled: folder !== null && labelFile !== undefined,
  });
}
