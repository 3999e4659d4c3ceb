import { Field, Select, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { Label, Project } from "../../api/types";
import { FormDialog } from "../../parts/FormDialog";
import { notify } from "../../parts/notices";
import { texts } from "../../texts";
import { useMerge } from "./useMerge";

interface MergeDialogProps {
  project: Project;
  label: Label;
  /** How many images have the label. */
  images: number;
  onClose: () => void;
}

/** Asks into which label another one is merged, and says what that does. */
export function MergeDialog({ project, label, images, onClose }: MergeDialogProps) {
  const merge = useMerge(project);
  const others = project.labels.filter((one) => one.id !== label.id);
  const [chosen, setChosen] = useState("");
  const into = others.find((one) => String(one.id) === chosen);
  return (
    <FormDialog
      title={texts.details.mergeTitle(label.name)}
      button={texts.details.merge}
      ready={into !== undefined}
      pending={merge.isPending}
      error={merge.error}
      onSubmit={() => {
        if (!into) return;
        merge.mutate(
          { labelId: label.id, into: into.id },
          {
            onSuccess: () => {
              notify(texts.details.mergedNow(label.name, into.name), "success", {
                action: {
                  text: texts.details.undoMerge,
                  run: () => merge.mutate({ labelId: label.id, into: null }),
                },
              });
              onClose();
            },
          },
        );
      }}
      onClose={onClose}
    >
      <Field label={texts.details.mergeInto} required>
        <Select value={chosen} onChange={(_, data) => setChosen(data.value)}>
          <option value="">{texts.details.mergeChoose}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Text>{texts.details.mergeWords(images, label.name, into?.name ?? "")}</Text>
    </FormDialog>
  );
}
