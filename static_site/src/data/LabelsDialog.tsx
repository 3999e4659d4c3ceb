import { Radio, RadioGroup, Text } from "@fluentui/react-components";
import { useState } from "react";
import type { ImageRow, Project } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { rivalsOf } from "../tasks/rivals";
import { texts } from "../texts";
import { LabelChecks } from "./LabelChecks";
import { CHANGES, type Change, type Relabeling } from "./relabeling";

interface LabelsDialogProps {
  project: Project;
  images: readonly ImageRow[];
  /** The labels of the one image as they stand, or as they are marked while it is disputed. */
  marked: readonly string[];
  onChange: (asked: Relabeling) => void;
  onClose: () => void;
}

/** Of one image its labels as they are, to be changed; of several which labels all of them get or lose. */
export default function LabelsDialog({ project, images, marked, onChange, onClose }: LabelsDialogProps) {
  const [change, setChange] = useState<Change>(images.length === 1 ? "set" : "add");
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () => new Set(images.length === 1 ? project.labels.filter(({ name }) => marked.includes(name)).map(({ id }) => id) : []),
  );
  const turn = (id: number) => {
    const now = new Set(chosen);
    if (now.delete(id)) return setChosen(now);
    const rivals = change === "remove" ? [] : rivalsOf(project, id);
    setChosen(new Set([...[...now].filter((one) => !rivals.includes(one)), id]));
  };
  return (
    <FormDialog
      title={texts.data.changeLabelsTitle(images.length)}
      button={texts.data.changes[change].button}
      ready={change === "set" || chosen.size > 0}
      onSubmit={() => onChange({ change, labels: project.labels.filter(({ id }) => chosen.has(id)) })}
      onClose={onClose}
    >
      {!(images.length === 1 && images[0]?.state === "disputed") && (
        <RadioGroup
          layout="horizontal"
          aria-label={texts.data.changeLabels}
          value={change}
          onChange={(_, data) => setChange(data.value as Change)}
        >
          {CHANGES.map((one) => (
            <Radio key={one} value={one} label={texts.data.changes[one].name} />
          ))}
        </RadioGroup>
      )}
      <LabelChecks labels={project.labels} stateOf={({ id }) => chosen.has(id)} onTurn={({ id }) => turn(id)} />
      {change === "set" && chosen.size === 0 && (
        <Text size={200} role="status">
          {texts.data.setNone}
        </Text>
      )}
    </FormDialog>
  );
}
