import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from "@fluentui/react-components";
import type { Project } from "../api/types";
import { InstructionsText } from "../labeler/InstructionsText";
import { texts } from "../texts";

export default function InstructionsDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.instructions.title}</DialogTitle>
          <DialogContent>
            <InstructionsText project={project} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="primary">{texts.common.close}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
