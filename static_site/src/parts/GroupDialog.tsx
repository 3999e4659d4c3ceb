import { Field, Input } from "@fluentui/react-components";
import { useId, useState } from "react";
import { texts } from "../texts";
import { FormDialog } from "./FormDialog";
import { groupMistake, trimmedPath } from "./labelRules";

interface GroupDialogProps {
  title: string;
  button: string;
  /** The path of the group as it is. */
  path: string;
  /** Those that there are. */
  groups: readonly string[];
  /** What is said where there is a group of the new path already. */
  onTaken?: (path: string) => string;
  onSave: (path: string) => void;
  onClose: () => void;
}

/** Asks for a group's path: one that there is, or a new one. */
export function GroupDialog({ title, button, path, groups, onTaken, onSave, onClose }: GroupDialogProps) {
  const [typed, setTyped] = useState(path);
  const list = useId();
  const wanted = trimmedPath(typed);
  const mistake = groupMistake(typed);
  const taken = wanted !== path && groups.includes(wanted) ? onTaken?.(wanted) : undefined;
  return (
    <FormDialog
      title={title}
      button={button}
      ready={mistake === undefined && wanted !== path}
      onSubmit={() => onSave(wanted)}
      onClose={onClose}
    >
      <Field
        label={texts.labels.groupField}
        hint={texts.labels.groupHint}
        validationMessage={mistake ?? taken}
        validationState={mistake !== undefined ? "error" : taken ? "warning" : "none"}
      >
        <Input autoFocus value={typed} list={list} autoComplete="off" onChange={(_, data) => setTyped(data.value)} />
      </Field>
      <datalist id={list}>
        {groups.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </FormDialog>
  );
}
