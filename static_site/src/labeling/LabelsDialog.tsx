import type { Project } from "../api/types";
import { LabelList } from "./LabelList";
import { ReadingDialog } from "../parts/ReadingDialog";
import { texts } from "../texts";

/** What the labels mean, while one labels. */
export default function LabelsDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  return (
    <ReadingDialog title={texts.labeling.labelsTitle} onClose={onClose}>
      <LabelList project={project} />
    </ReadingDialog>
  );
}
