import { Text } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import type { ImageFilter } from "../api/queries/images";
import type { Project } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { askAllTexts } from "../texts/opinions";
import { askForAll, MOST_ASKED } from "./askingAll";

interface AskAllDialogProps {
  project: Project;
  filter: ImageFilter;
  /** How many images it is about; null = that is not known. */
  count: number | null;
  onClose: () => void;
}

/** What it means to ask for one more opinion on all that is shown, before it is done. */
export default function AskAllDialog({ project, filter, count, onClose }: AskAllDialogProps) {
  const asking = useMutation({ mutationFn: () => askForAll(project.id, filter, count), onSuccess: onClose });
  return (
    <FormDialog
      title={askAllTexts.title}
      button={askAllTexts.button}
      ready={count !== 0}
      pending={asking.isPending}
      error={asking.error}
      onSubmit={() => asking.mutate()}
      onClose={onClose}
    >
      <Text>{askAllTexts.which(count, MOST_ASKED)}</Text>
      {count !== 0 && <Text>{askAllTexts.cost(Math.min(count ?? MOST_ASKED, MOST_ASKED), project.opinions.most > 2)}</Text>}
      {count !== 0 && <Text>{askAllTexts.words}</Text>}
    </FormDialog>
  );
}
