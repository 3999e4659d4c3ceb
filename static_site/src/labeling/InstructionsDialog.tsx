import type { Project } from "../api/types";
import { InstructionsText } from "./InstructionsText";
import { ReadingDialog } from "../parts/ReadingDialog";
import { texts } from "../texts";

export default function InstructionsDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  return (
    <ReadingDialog title={texts.instructions.title} onClose={onClose}>
      <InstructionsText project={project} />
    </ReadingDialog>
  );
}
