import type { Project } from "../api/types";
import { LabelList } from "../labeler/LabelList";
import { ReadingDialog } from "../parts/ReadingDialog";
import { texts } from "../texts";

/** What the labels mean, while one labels. */
export default function LabelsDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  return (
    <ReadingDialog title={texts.tagging.labelsTitle} onClose={onClose}>
      <LabelList project={project} />
    </ReadingDialog>
  );
}
