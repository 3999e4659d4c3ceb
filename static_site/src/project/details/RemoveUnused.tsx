import { Button, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { Label, Project } from "../../api/types";
import { FormDialog } from "../../parts/FormDialog";
import { LABEL_LIMITS } from "../../parts/labelRules";
import { texts } from "../../texts";
import { useChange } from "../../parts/useChange";

interface RemoveUnusedProps {
  project: Project;
  unused: readonly Label[];
  disabled: boolean;
}

/** Removes all labels at once that no image has. */
export function RemoveUnused({ project, unused, disabled }: RemoveUnusedProps) {
  const change = useChange(project);
  const [asking, setAsking] = useState(false);
  const keptOf = (labels: readonly Label[]) =>
    // One that has another name by now is somebody's who means to use it.
    labels.filter(({ id, name }) => !unused.some((label) => label.id === id && label.name === name));
  const tooFew = keptOf(project.labels).length < LABEL_LIMITS.fewest;
  return (
    <>
      <Button size="small" disabled={disabled || unused.length === 0} onClick={() => setAsking(true)}>
        {texts.details.removeUnused}
      </Button>
      {asking && (
        <FormDialog
          title={texts.details.removeUnusedTitle(unused.length)}
          button={texts.details.removeUnused}
          danger
          ready={!tooFew && unused.length > 0}
          pending={change.isPending}
          error={change.error}
          onSubmit={() => change.mutate((now) => ({ labels: keptOf(now.labels) }), { onSuccess: () => setAsking(false) })}
          onClose={() => setAsking(false)}
        >
          <Text>{texts.details.removeUnusedWords}</Text>
          <Text>{unused.map((label) => label.name).join(", ")}</Text>
          {tooFew && <Text>{texts.labels.tooFew}</Text>}
        </FormDialog>
      )}
    </>
  );
}
