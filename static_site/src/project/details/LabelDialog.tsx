import { Button, Field, Select, Text, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useExamples } from "../../api/queries/images";
import type { Label, Project } from "../../api/types";
import { fieldMessage } from "../../parts/fields";
import { FormDialog } from "../../parts/FormDialog";
import { GROUND } from "../../parts/ground";
import { changedLabel, LABEL_KEYS } from "../../parts/labelRules";
import { texts } from "../../texts";
import { useChange } from "../../parts/useChange";

const LONGEST = 300;

const useStyles = makeStyles({
  key: { maxWidth: "320px" },
  examples: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalM },
  example: { position: "relative" },
  image: { display: "block", height: "96px", borderRadius: tokens.borderRadiusSmall, backgroundColor: GROUND },
  remove: { position: "absolute", top: "4px", right: "4px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface LabelDialogProps {
  project: Project;
  label: Label;
  onClose: () => void;
}

/** What there is to say of a label beside its name: its key, what it means, and the images that show it. */
export function LabelDialog({ project, label, onClose }: LabelDialogProps) {
  const styles = useStyles();
  const change = useChange(project);
  const [key, setKey] = useState(label.key);
  const [description, setDescription] = useState(label.description);
  const [examples, setExamples] = useState(label.examples);
  const images = useExamples(project.id, label).data?.items ?? [];
  const ownerOf = (one: string) => project.labels.find((other) => other.key === one && other.id !== label.id);
  const at = project.labels.findIndex((one) => one.id === label.id);
  const about = (field: string) => fieldMessage(change.error, `labels.${at}.${field}`);
  return (
    <FormDialog
      title={texts.labels.aboutTitle(label.name)}
      button={texts.common.save}
      pending={change.isPending}
      error={change.error}
      onSubmit={() =>
        change.mutate((now) => ({ labels: changedLabel(now.labels, { ...label, key, description, examples }) }), {
          onSuccess: onClose,
        })
      }
      onClose={onClose}
    >
      <Field label={texts.labels.key} hint={texts.labels.keyHint} validationMessage={about("key")}>
        <Select className={styles.key} value={key} onChange={(_, data) => setKey(data.value)}>
          <option value="">{texts.labels.noKey}</option>
          {LABEL_KEYS.map((one) => {
            const owner = ownerOf(one);
            return (
              <option key={one} value={one}>
                {owner ? texts.labels.keyOf(one.toUpperCase(), owner.name) : one.toUpperCase()}
              </option>
            );
          })}
        </Select>
      </Field>
      <Field
        label={texts.labels.description}
        hint={texts.labels.descriptionHint}
        validationMessage={about("description")}
      >
        <Textarea value={description} maxLength={LONGEST} rows={3} onChange={(_, data) => setDescription(data.value)} />
      </Field>
      <Field label={texts.labels.examples} hint={texts.labels.examplesHint}>
        <div className={styles.examples} role="group">
          {examples.length === 0 && <Text className={styles.quiet}>{texts.labels.noExamples}</Text>}
          {examples.map((id, index) => {
            const image = images.find((one) => one.id === id);
            return (
              <div key={id} className={styles.example}>
                <img
                  className={styles.image}
                  src={image?.thumbnailUrl}
                  alt={texts.labels.example(label.name, index + 1)}
                  style={{ aspectRatio: image ? `${image.width} / ${image.height}` : "1" }}
                />
                <Button
                  className={styles.remove}
                  size="small"
                  icon={<DismissRegular />}
                  aria-label={texts.labels.removeExample(index + 1)}
                  onClick={() => setExamples(examples.filter((one) => one !== id))}
                />
              </div>
            );
          })}
        </div>
      </Field>
    </FormDialog>
  );
}
