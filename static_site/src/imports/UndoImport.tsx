import { Text } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { allImports, undoImport } from "../api/queries/imports";
import { askAgain } from "../api/queryClient";
import type { Import, Project } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { imports } from "../texts/imports";
import { titleOf } from "./figures";

interface UndoImportProps {
  project: Project;
  one: Import;
  onClose: () => void;
}

export function UndoImport({ project, one, onClose }: UndoImportProps) {
  const undo = useMutation({
    mutationFn: () => undoImport(project.id, one.id),
    onSuccess: async () => {
      await askAgain(allImports(project.id));
      onClose();
    },
  });
  return (
    <FormDialog
      title={imports.undoTitle}
      button={imports.undo}
      danger
      pending={undo.isPending}
      error={undo.error}
      onSubmit={() => undo.mutate()}
      onClose={onClose}
    >
      <Text>{imports.undoWords(titleOf(one), one.as)}</Text>
    </FormDialog>
  );
}
