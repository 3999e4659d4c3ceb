import { Text } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { api, ok } from "../api/client";
import { allChecks } from "../api/queries/checks";
import { askAgain } from "../api/queryClient";
import type { Check, Project } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { texts } from "../texts";
import { checks } from "../texts/checks";

interface DeleteCheckProps {
  project: Project;
  check: Check;
  onDeleted?: () => void;
  onClose: () => void;
}

export function DeleteCheck({ project, check, onDeleted, onClose }: DeleteCheckProps) {
  const remove = useMutation({
    mutationFn: () =>
      ok(
        api.DELETE("/api/projects/{project_id}/checks/{check_id}", {
          params: { path: { project_id: project.id, check_id: check.id } },
        }),
      ),
    onSuccess: async () => {
      onDeleted?.();
      await askAgain(allChecks(project.id));
      onClose();
    },
  });
  return (
    <FormDialog
      title={checks.deleteTitle}
      button={texts.common.delete}
      danger
      pending={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate()}
      onClose={onClose}
    >
      <Text>{checks.deleteWords}</Text>
    </FormDialog>
  );
}
